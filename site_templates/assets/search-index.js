// Finds entries by the index that generator/exports/search_index.py describes; folds and cuts text as that does.
// The files of the index are scripts, which a page opened from a disk may load as well.
window.searchIndex = (() => {
  const root = new URL("../search/", document.currentScript.src);
  const MOST = 6; // pieces looked up for one phrase: what is found is read afterwards anyway
  const PAGE = 10;
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  // ---- the files
  const asked = new Map(), waiting = new Map();
  window.searchPart = (name, content) => waiting.get(name)?.(content);
  const load = (name, path) => {
    if (!asked.has(name)) asked.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      waiting.set(name, resolve);
      script.src = new URL(path, root);
      script.onload = () => reject(new Error(`${name} says nothing`)); // too late if it has
      script.onerror = () => { asked.delete(name); reject(new Error(`${name} is missing`)); };
      document.head.append(script);
    }));
    return asked.get(name);
  };
  const directory = async () => {
    const known = await load("directory", `directory.js?${Date.now()}`);
    if (known.groups) return known;
    let first = 0;
    known.groups = known.departments.map(([names, count]) => ({ name: names[0] ?? "", folded: names.map(fold), first, end: first += count }));
    known.count = first;
    return known;
  };
  const part = async (name) => load(name, `parts/${name}.js?${(await directory()).version}`);

  // ---- text
  const fold = (text) => {
    const plain = text.normalize("NFKC").toLowerCase().replace(/([0-9]),(?=[0-9]{3}(?![0-9]))/g, "$1");
    const units = [...plain.matchAll(/([0-9]+(?:\.[0-9]+)?|[a-z]+)|[\p{L}\p{N}]/gu)];
    return units.map(([unit, word]) => (word ? ` ${word.includes(".") ? word.replace(/\.?0+$/, "") : word} ` : unit)).join("").replace(/ +/g, " ");
  };

  // What to look up for a phrase: `open` pieces stand for all that begin with them. A number or word at an edge may be
  // cut off (loose), but a number alone is whole; a single character counts only when there is nothing else.
  const lookups = (phrase, loose) => {
    const parts = phrase.trim().split(" ");
    const found = parts.flatMap((text, place) => {
      if (/^[0-9a-z]/.test(text)) {
        const cut = loose && (place === 0 || place === parts.length - 1) && (parts.length > 1 || !/[0-9]/.test(text));
        return [cut ? { pieces: [text, `~${text}`], open: true } : { pieces: [text] }];
      }
      const letters = [...text];
      if (letters.length === 1) return parts.length === 1 ? [{ pieces: [text], open: true }] : [];
      const places = new Set([...letters.keys()].filter((i) => i % 2 === 0 && i < letters.length - 1).concat(letters.length - 2));
      return [...places].map((i) => ({ pieces: [letters[i] + letters[i + 1]] }));
    });
    const step = found.length / Math.min(found.length, MOST);
    return Array.from({ length: Math.min(found.length, MOST) }, (_, i) => found[Math.floor(i * step)]);
  };

  // What else is meant by a phrase: the same with a synonym in a word's place.
  const variants = (phrase, synonyms) => {
    const found = new Set([phrase]);
    for (const group of synonyms) {
      for (const word of group) if (phrase.includes(word)) for (const other of group) found.add(phrase.replace(word, other));
    }
    return [...found];
  };

  // Latin letters may be how Chinese is spoken, whole syllables or initials only; the last syllable may be unfinished.
  const SYLLABLE = /^(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]ang|iong|[aeio]ng|ian|iao|uai|uan|a[ino]|e[inr]|i[aeunou]|ou|u[aeino]|ve|[aeiouv])/;
  const initials = (letters) => {
    if (!letters) return [""];
    const longest = letters.match(SYLLABLE)?.[0] ?? "", found = [];
    for (let end = longest.length; end > 0; end -= 1) {
      if (letters.slice(0, end).match(SYLLABLE)?.[0].length !== end) continue;
      found.push(...initials(letters.slice(end)).map((rest) => letters[0] + rest));
    }
    return found.length || !/^([zcs]h?|[^aeiouv])$/.test(letters) ? found : [letters[0]];
  };
  const spoken = (phrase) => (/^ [a-z]{2,24} $/.test(phrase) ? phrase.trim() : "");
  const sounds = (phrase) => {
    const letters = spoken(phrase);
    const ways = letters ? [letters, ...initials(letters)].filter((way) => way.length > 1) : [];
    return [...new Set(ways)].slice(0, 8).map((way) => [...way].slice(1).map((_, i) => ({ pieces: [`-${way.slice(i, i + 2)}`] })));
  };
  const isSaid = (said, phrase) => {
    const letters = spoken(phrase), syllables = said.split(" ");
    if (!letters || !said) return false;
    return syllables.map((s) => s[0]).join("").includes(letters) || syllables.some((_, i) => syllables.slice(i).join("").startsWith(letters));
  };

  // ---- numbers of entries
  const unpacked = (text) => {
    const found = [];
    let last = -1, gap = 0;
    for (const character of text) {
      const digit = DIGITS.indexOf(character);
      gap = gap * 32 + (digit % 32);
      if (digit >= 32) { found.push(last += gap); gap = 0; }
    }
    return found;
  };
  const both = (sets) => {
    const [least, ...others] = [...sets].sort((a, b) => a.size - b.size);
    return new Set([...least].filter((number) => others.every((set) => set.has(number))));
  };
  const range = (found, group) => { for (let i = group.first; i < group.end; i += 1) found.add(i); };

  // The entries with a piece: in the title, and anywhere.
  const withPiece = async ({ pieces, open }) => {
    const { starts } = await directory(), titles = new Set(), all = new Set();
    for (const piece of pieces) {
      const from = Math.max(0, starts.findLastIndex((start) => start <= piece));
      const to = open ? Math.max(from, starts.findLastIndex((start) => start.startsWith(piece))) : from;
      const files = await Promise.all(Array.from({ length: to - from + 1 }, (_, i) => part(`pieces-${from + i}`)));
      for (const file of files) {
        for (const name of open ? Object.keys(file).filter((name) => name.startsWith(piece)) : [piece]) {
          const [title, text] = Object.hasOwn(file, name) ? file[name].split(".") : ["", ""];
          for (const number of unpacked(title)) { titles.add(number); all.add(number); }
          for (const number of unpacked(text)) all.add(number);
        }
      }
    }
    return { titles, all };
  };

  // The entries with a phrase; also all entries of the departments that are called so.
  const withPhrase = async (phrase, loose) => {
    const { groups, synonyms } = await directory();
    const titles = new Set(), all = new Set(), called = new Set(), phrases = variants(phrase, synonyms);
    for (const looked of [...phrases.map((variant) => lookups(variant, loose)), ...sounds(phrase)]) {
      const found = await Promise.all(looked.map(withPiece));
      for (const number of both(found.map((f) => f.titles))) titles.add(number);
      for (const number of both(found.map((f) => f.all))) all.add(number);
    }
    for (const group of groups) if (phrases.some((variant) => group.folded.some((name) => holds(name, variant, loose)))) range(called, group);
    return { titles, called, all: new Set([...all, ...called]) };
  };
  const holds = (folded, phrase, loose) => folded.includes(loose && !/^ [0-9.]+ $/.test(phrase) ? phrase.trim() : phrase);

  // ---- the search
  const candidates = async (phrases, chosen, loose) => {
    const { groups, values } = await directory();
    const found = await Promise.all(phrases.map((phrase) => withPhrase(phrase, loose)));
    const sets = found.map((f) => f.all);
    for (const [name, value] of Object.entries(chosen)) {
      const fitting = new Set();
      if (name === "department") for (const group of groups) { if (group.name === value) range(fitting, group); }
      else if (values.includes(`${name}-${value}`)) for (const number of unpacked(await part(`${name}-${value}`))) fitting.add(number);
      sets.push(fitting);
    }
    const { titles: same } = await withPiece({ pieces: [`=${phrases.join("").replaceAll(" ", "")}`] });
    const far = (number) => found.reduce((sum, f) => sum + (f.titles.has(number) ? 0 : f.called.has(number) ? 1 : 2), 0);
    const rank = (number) => (same.has(number) ? -1 : far(number));
    return [...both(sets)].map((number) => [rank(number), number]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, number]) => number);
  };

  const read = async (number) => {
    const { together, groups } = await directory();
    const [kind, title, text, address, years, former, target, verdict, outcome, said] = (await part(`entries-${Math.floor(number / together)}`))[number % together];
    const department = groups.findLast((group) => group.first <= number);
    return { kind, title, text, address, years, former, target, verdict, outcome, said, department: department.name, folded: [title, text, years.join(" "), ...former].map(fold).concat(department.folded) };
  };

  // Finds the entries that hold all the words (without words: all), in the values chosen (kind, year, verdict, state, department): first those with
  // just these words for a title, then those with the words in their title, in their department's, in their text. `more` reads the next ones. `count` is
  // how many there are, as far as they were read: `left` others hold the pieces of the words, and maybe not the words.
  const find = async (words, chosen = {}) => {
    const phrases = words.split(/\s+/).map(fold).filter((phrase) => phrase.trim());
    const result = { count: 0, left: 0, first: [], phrases };
    if (!phrases.length && (words.trim() || !Object.keys(chosen).length)) return result;
    const { synonyms } = await directory();
    for (const loose of [false, true]) {
      let left = await candidates(phrases, chosen, loose);
      const fits = (entry, phrase) => isSaid(entry.said, phrase) || variants(phrase, synonyms).some((variant) => entry.folded.some((text) => holds(text, variant, loose)));
      result.count = left.length;
      result.more = async () => {
        let found = [];
        while (left.length && found.length < PAGE) {
          const some = left.slice(0, PAGE - found.length);
          left = left.slice(some.length);
          const entries = await Promise.all(some.map(read));
          const sound = entries.filter((entry) => phrases.every((phrase) => fits(entry, phrase)));
          result.count -= entries.length - sound.length;
          found = found.concat(sound);
        }
        result.left = left.length;
        return found;
      };
      result.first = await result.more();
      if (result.first.length) break;
    }
    return result;
  };
  return { find, fold };
})();

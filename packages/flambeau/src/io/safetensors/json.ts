import { FormatError } from '../../errors.js';

/** A header has two levels below its own; deeper is no header. */
const MAX_DEPTH = 4;

/** Objects come as Maps, so that the order of keys is kept and no key is special. */
export type Json = null | boolean | number | string | readonly Json[] | ReadonlyMap<string, Json>;

/**
 * Parses JSON more strictly than `JSON.parse`: a key may stand in an object only once. Two readers that keep different ones of two equal
 * keys see different files, which is how a checked file becomes another one.
 * @throws FormatError
 */
export function parseJson(source: string): Json {
  const parser = new Parser(source);
  return parser.document();
}

const TOKEN = /[\x20\t\n\r]*(?:([{}[\],:])|(")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|($))/y;

class Parser {
  readonly #source: string;
  #at = 0;
  /** The token at hand: punctuation and words as they stand, strings with their quotes, the end as ''. */
  #token = '';

  constructor(source: string) {
    this.#source = source;
    this.#next();
  }

  document(): Json {
    const value = this.#value(0);
    if (this.#token !== '') this.#fail('something stands behind the end');
    return value;
  }

  #fail(fact: string): never {
    throw new FormatError(
      `safetensors: the header is no JSON, ${fact} (before character ${this.#at}): the file is damaged`,
    );
  }

  #next(): void {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#source);
    if (match === null) this.#fail('a character does not belong there');
    this.#at = TOKEN.lastIndex;
    this.#token = match[2] === undefined ? (match[1] ?? match[3] ?? match[4] ?? '') : this.#string(this.#at - 1);
  }

  /** The string that begins with the quote at `start`: up to the next quote that no odd number of backslashes stands before. */
  #string(start: number): string {
    for (let end = this.#source.indexOf('"', start + 1); end >= 0; end = this.#source.indexOf('"', end + 1)) {
      let first = end;
      while (this.#source[first - 1] === '\\') first--;
      if ((end - first) % 2 !== 0) continue;
      this.#at = end + 1;
      return this.#source.slice(start, end + 1);
    }
    return this.#fail('a string does not end');
  }

  #expect(token: string): void {
    if (this.#token !== token) this.#fail(`'${token}' is missing`);
    this.#next();
  }

  #value(depth: number): Json {
    if (depth > MAX_DEPTH) this.#fail('it is nested too deeply');
    if (this.#token === '{') return this.#object(depth);
    if (this.#token === '[') return this.#array(depth);
    const token = this.#token;
    if (token === '' || '}],:'.includes(token)) this.#fail('a value is missing');
    this.#next();
    return this.#scalar(token);
  }

  #scalar(token: string): Json {
    try {
      return JSON.parse(token) as Json;
    } catch {
      return this.#fail('a string has a character or escape that is not allowed');
    }
  }

  #object(depth: number): Json {
    const object = new Map<string, Json>();
    this.#next();
    while (this.#token !== '}') {
      if (object.size > 0) this.#expect(',');
      if (!this.#token.startsWith('"')) this.#fail('a key is missing');
      const key = this.#scalar(this.#token) as string;
      if (object.has(key)) this.#fail(`the key ${JSON.stringify(key.slice(0, 80))} stands there twice`);
      this.#next();
      this.#expect(':');
      object.set(key, this.#value(depth + 1));
    }
    this.#next();
    return object;
  }

  #array(depth: number): Json {
    const array: Json[] = [];
    this.#next();
    while (this.#token !== ']') {
      if (array.length > 0) this.#expect(',');
      array.push(this.#value(depth + 1));
    }
    this.#next();
    return array;
  }
}

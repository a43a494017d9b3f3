import { FormatError } from '../../errors.js';
import { quote } from '../text.js';
import { Cursor } from './cursor.js';
import { type BuildContext, checkKey, isList, isTuple, PickleGlobal, Stateful } from './values.js';

/** What a pickle may name and where its persistent ids lead. */
export interface PickleOptions extends BuildContext {
  /** Finds the meaning of `module.name`, or throws what tells the user why it has none. */
  readonly findGlobal: (module: string, name: string) => unknown;
  /** The object behind a persistent id; without it a pickle with such ids is refused. */
  readonly persistentLoad?: (id: unknown) => unknown;
}

/** The stack machine of pickle: what the instructions do, without their encoding. */
export class Machine {
  readonly cursor: Cursor;
  readonly #options: PickleOptions;
  readonly #stack: unknown[] = [];
  /** Where each open MARK stands in the stack. */
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, unknown>();

  constructor(bytes: Uint8Array, at: number, options: PickleOptions) {
    this.cursor = new Cursor(bytes, at);
    this.#options = options;
  }

  fail(fact: string): never {
    throw new FormatError(`pickle: ${fact} (before byte ${this.cursor.at}): the file is damaged or hostile`);
  }

  push(value: unknown): void {
    this.#stack.push(value);
  }

  pop(): unknown {
    this.#need(1);
    return this.#stack.pop();
  }

  top(): unknown {
    this.#need(1);
    return this.#stack[this.#stack.length - 1];
  }

  /** Nothing below the last MARK may be taken. */
  #need(count: number): void {
    if (this.#stack.length - (this.#marks[this.#marks.length - 1] ?? 0) < count)
      this.fail('a value is taken from an empty stack');
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  popMark(): unknown[] {
    const mark = this.#marks.pop();
    if (mark === undefined) this.fail('there is no mark');
    return this.#stack.splice(mark);
  }

  /** The last `count` values as a tuple. */
  tuple(count: number): void {
    this.#need(count);
    this.push(Object.freeze(this.#stack.splice(this.#stack.length - count)));
  }

  put(index: number): void {
    this.#memo.set(index, this.top());
  }

  memoize(): void {
    this.put(this.#memo.size);
  }

  get(index: number): void {
    if (!this.#memo.has(index)) this.fail(`memo ${index} is used before it is set`);
    this.push(this.#memo.get(index));
  }

  append(items: readonly unknown[]): void {
    const list = this.top();
    if (!isList(list)) this.fail('something is appended to what is no list');
    for (const item of items) list.push(item);
  }

  addToSet(items: readonly unknown[]): void {
    const set = this.top();
    if (!(set instanceof Set)) this.fail('something is added to what is no set');
    for (const item of items) {
      checkKey(item);
      set.add(item);
    }
  }

  setItems(pairs: readonly unknown[]): void {
    const dict = this.top();
    if (!(dict instanceof Map) || pairs.length % 2 !== 0) this.fail('keys are set in what is no dict');
    for (let i = 0; i < pairs.length; i += 2) {
      checkKey(pairs[i]);
      dict.set(pairs[i], pairs[i + 1]);
    }
  }

  global(module: unknown, name: unknown): void {
    if (typeof module !== 'string' || typeof name !== 'string') this.fail('a global has no name');
    this.push(this.#options.findGlobal(module, name));
  }

  reduce(): void {
    const args = this.pop();
    const callable = this.pop();
    if (!(callable instanceof PickleGlobal)) this.fail('something is called that is no function');
    this.push(callable.call(args, this.#options));
  }

  /** NEWOBJ_EX has keyword arguments as well; nothing on the table takes any. */
  newObject(withKeywords: boolean): void {
    const keywords = withKeywords ? this.pop() : null;
    if (keywords !== null && !(keywords instanceof Map && keywords.size === 0))
      this.fail('an object is made with keyword arguments');
    this.reduce();
  }

  build(): void {
    const state = this.pop();
    const object = this.top();
    if (object instanceof Stateful) object.setState(state);
    // An OrderedDict's own attributes: a state dict carries its modules' versions there. Nothing here needs them.
    else if (!(object instanceof Map)) this.fail('state is given to an object that takes none');
  }

  persistent(): void {
    const id = this.pop();
    const load = this.#options.persistentLoad;
    if (load === undefined || !isTuple(id))
      this.fail(`the persistent id ${typeof id === 'string' ? quote(id) : ''} leads nowhere`);
    this.push(load(id));
  }
}

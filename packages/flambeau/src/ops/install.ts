import { Tensor } from '../tensor/tensor.js';
import type { Op } from './apply.js';
import { applyInPlace } from './apply-in-place.js';
import * as inPlace from './in-place.js';
import * as ops from './index.js';
import { nameOp } from './names.js';

function define(name: string, value: (this: Tensor, ...args: never[]) => unknown): void {
  // Not by `in`, which makes the prototype fast: see below.
  if (Reflect.has(Tensor.prototype, name)) throw new Error(`Tensor already has a member named ${name}`);
  Object.defineProperty(Tensor.prototype, name, { value, writable: true, configurable: true });
}

/**
 * V8 keeps the members of an object that has lost one in a hash table, until it is next used as a prototype. Adding hundreds to a prototype in
 * its fast form, which is copied and sorted each time, takes 8 ms instead of 1.
 */
function makeRoom(prototype: object): void {
  const passing = 'passing';
  Object.defineProperty(prototype, passing, { value: undefined, configurable: true });
  Reflect.deleteProperty(prototype, passing);
}

/** Makes every op a method of tensors, and gives those with an in-place form that too. */
function install(): void {
  makeRoom(Tensor.prototype);
  for (const [name, op] of Object.entries(ops) as [string, Op][]) {
    nameOp(op, name);
    define(name, function (...args) {
      return op(this, ...args);
    });
  }
  for (const [name, op] of Object.entries(inPlace) as [string, Op][]) {
    define(`${name}_`, function (...args) {
      return applyInPlace(op, this, args);
    });
  }
}

install();

export { engine } from './select.node.js';

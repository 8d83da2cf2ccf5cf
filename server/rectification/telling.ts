/** What pages of this room say of parties that no machine tells. */
export { mayBeSent } from '../notices/index.js'

export { readOfficeAccess, type OpenedAccessRow } from './store/entries.js'

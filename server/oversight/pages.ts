export { accessPage } from './pages/access.js'
export { accessesPage } from './pages/accesses.js'
export type { Pen } from './pages/pen.js'

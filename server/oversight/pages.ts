export { accessPage } from './pages/access.js'
export { accessesPage } from './pages/accesses.js'

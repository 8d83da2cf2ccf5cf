export {
  accessPage,
  type AppointmentNote,
  type EmergencyNote,
  type Asking,
} from './pages/access.js'
export { accessesPage, type AccessesAsked } from './pages/accesses.js'
export { dataPage, fieldPage, type Marks } from './pages/data.js'
export { homePage, type HomeCard } from './pages/home.js'
export { limitsPage } from './pages/limits.js'
export { officePage, officesPage } from './pages/offices.js'
export type { Words } from './pages/words.js'

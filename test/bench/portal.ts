// The portal as a process of its own, for the figure of its pages: joins the place in its first argument,
// listens, signs the people in its other ones in, and tells where, and with which cookies.
import { join } from 'node:path'
import { compose } from '../../server/compose.js'
import { loadPages } from '../../server/compose/serve.js'
import { createCookies } from '../../server/platform/http/cookies.js'
import { listen } from '../../server/platform/http/listen.js'
import { joinPlace } from './place.js'

const [dataDir = '', ...people] = process.argv.slice(2)
const place = await joinPlace(dataDir)
const portal = compose(place.installation, loadPages(false))
await portal.ledger.tick()
const server = await listen(portal.app, { host: '127.0.0.1', port: 0 })
const sessions = await Promise.all(
  people.map(async (person) => {
    const session = await portal.identity.signInDemo(person)
    if (session === undefined) throw new Error(`nobody is called ${person}`)
    const cookie = createCookies(false).begin(session.token).split(';')[0] ?? ''
    return { language: session.language, cookie }
  }),
)
const [first] = sessions
process.send?.({
  url: `http://127.0.0.1:${server.port}${join('/', first?.language ?? '', 'me')}`,
  cookie: first?.cookie,
  cookies: sessions.map(({ cookie }) => cookie),
})
process.once('disconnect', () => void server.close().then(() => place.close()))

import { startTestApp } from '../support/app.js'
import { visitor } from '../support/visitor.js'
test('x', async () => {
  let t = Date.now()
  const app = await startTestApp({ demo: true })
  console.log('first', Date.now() - t); t = Date.now()
  const app2 = await startTestApp({ demo: true })
  console.log('second', Date.now() - t); t = Date.now()
  const v = visitor(app)
  await v.signIn('resident-ar')
  const page = await v.get('/ar/me')
  console.log(page.status, page.body.length, Date.now() - t)
  await app.close(); await app2.close()
})

import { admit } from '../../server/platform/http/guard.js'
import { ASSURANCES, type Principal, type RouteSpec } from '../../server/platform/http/route.js'

const NOW = new Date('2026-11-22T12:00:00Z')

function routeFor(allow: readonly string[], more: Partial<RouteSpec<Principal>> = {}) {
  return {
    name: 'guard.test',
    method: 'get',
    path: '/:lang/guard',
    allow,
    handle: () => Promise.reject(new Error('nothing is handled here')),
    ...more,
  } as RouteSpec<Principal>
}

const resident = (assurance: (typeof ASSURANCES)[number]) => ({ role: 'resident', assurance })
const entering = (route: RouteSpec<Principal>, actor: Principal) => () => admit(route, actor, NOW)
const refusal = (code: string) => expect.objectContaining({ code }) as Error

describe('the guard alone, whatever the rooms behind it check', () => {
  it('turns a sign-in away that was weaker than the route demands', () => {
    ASSURANCES.forEach((needs, level) => {
      const route = routeFor(['resident'], { assurance: needs })
      ASSURANCES.forEach((has, reached) => {
        const enter = entering(route, resident(has))
        if (reached >= level) expect(enter).not.toThrow()
        else expect(enter).toThrow(refusal('ASSURANCE'))
      })
    })
  })

  it('lets no resident into a route that names no assurance', () => {
    expect(entering(routeFor(['resident']), resident('high'))).toThrow(refusal('ASSURANCE'))
  })

  it('shows visitors the sign-in, and a wrong role nothing', () => {
    const route = routeFor(['dpo'])
    expect(entering(route, { role: 'public' })).toThrow(refusal('SIGN_IN_NEEDED'))
    expect(entering(route, resident('high'))).toThrow(refusal('NOT_FOUND'))
    expect(entering(route, { role: 'dpo' })).not.toThrow()
  })

  it('wants a proof of the last five minutes where the route does', () => {
    const route = routeFor(['dpo'], { stepUp: true })
    const proved = (secondsAgo: number) =>
      entering(route, { role: 'dpo', steppedUpAt: new Date(NOW.getTime() - secondsAgo * 1000) })
    expect(proved(300)).not.toThrow()
    expect(proved(301)).toThrow(refusal('STEP_UP'))
    expect(entering(route, { role: 'dpo' })).toThrow(refusal('STEP_UP'))
  })
})

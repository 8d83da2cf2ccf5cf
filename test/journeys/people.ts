import type { BrowserContext, Page } from 'playwright-core'
import type { StaffMember } from '../../server/demo/people.js'
import { startTestApp, type TestApp, type TestAppOptions } from '../support/app.js'

/** The number of the one resident of `openPortal`. */
export const NUMBER = '123456789012'

/** A portal without the demonstration: one resident (`resident-en`) and whom a test needs besides. */
export async function openPortal(
  staff: readonly StaffMember[] = [],
  options: TestAppOptions = {},
): Promise<TestApp> {
  const app = await startTestApp(options)
  const { enrolment } = app.portal
  await enrolment.createDemoAccount({
    name: 'resident-en',
    language: 'en',
    numbers: [{ scheme: 'azr', value: NUMBER }],
  })
  const { parties, units } = app.installation.catalogue
  for (const { name, role, office, unit, assurance } of staff) {
    await enrolment.createDemoStaff({
      ...{ name, role, assurance },
      ...(office === undefined ? {} : { office: idOf(parties.byCode(office)) }),
      ...(unit === undefined ? {} : { unit: idOf(units.byCode(unit)) }),
    })
  }
  return app
}

function idOf(term: { readonly id: number } | undefined): number {
  if (term === undefined) throw new Error('the catalogue lacks what this test needs')
  return term.id
}

/** Signs a demonstration person in with the button on `/demo`; the page then stands where they begin. */
export async function enterAs(
  person: string,
  { url, context }: { url: string; context: BrowserContext },
): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${url}/demo`)
  await page.locator(`form:has(input[value="${person}"]) button`).click()
  await page.waitForLoadState()
  return page
}

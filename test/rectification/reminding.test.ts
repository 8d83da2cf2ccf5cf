import type { ResidentActor } from '../../server/identity/index.js'
import { startTestApp } from '../support/app.js'
import { roomOf, type Room } from './room.js'

let room: Room
let resident: ResidentActor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  resident = await room.resident('amina')
  await room.clerk('clerk')
})

afterAll(() => room?.close())

const told = async () => {
  const { rows } = await room.superuser.query<{ reference: string }>(
    `select params ->> 'reference' as reference from notices.message where code = 'request_overdue'`,
  )
  return rows.map(({ reference }) => reference)
}

describe('reminders of late answers', () => {
  it('reach everybody else where one cannot be told, and the job says that it failed', async () => {
    const references: string[] = []
    for (let at = 0; at < 3; at++) references.push(await room.filed(resident))
    for (const [at, reference] of references.entries()) {
      await room.superuser.query(
        'update rectification.request set due_on = current_date - 9 + $2::int where reference = $1',
        [reference, at],
      )
    }
    const [poison, ...others] = references
    await room.superuser.query(`
      create function public.refuse_one() returns trigger language plpgsql as $$
        begin
          if new.params ->> 'reference' = '${poison}' then raise exception 'poisoned'; end if;
          return new;
        end $$;
      create trigger refuse_one before insert on notices.message
        for each row execute function public.refuse_one();
      alter function public.refuse_one() security definer`)
    await expect(room.app.portal.requestUpkeep.remind()).rejects.toThrow('poisoned')
    expect((await told()).sort()).toEqual([...others].sort())
    await room.superuser.query('drop function public.refuse_one() cascade')
    expect(await room.app.portal.requestUpkeep.remind()).toBe(3)
    expect((await told()).sort()).toEqual([...references].sort())
  })
})

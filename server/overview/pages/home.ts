import { actorOf } from '../entry.js'
import type { HomeFacts } from '../service.js'
import { cardOf } from './sentence.js'
import { exampleNote, letterNote, type Words } from './words.js'

/** An answer on the first screen: a sentence that leads to its page. Other rooms may bring more. */
export interface HomeCard {
  readonly text: string
  /** A second line, where there is one. */
  readonly remark: string | null
  readonly href: string
  /** A picture of the sprite. */
  readonly icon: string
}

/** The first screen: the answers, the latest accesses, the ways on. */
export function homePage(
  words: Words,
  facts: Omit<HomeFacts, 'latest'> & { readonly latest: HomeFacts['latest'] | undefined },
  cards: readonly HomeCard[],
) {
  const { t, urls } = words
  const { holders, latest } = facts
  return {
    title: t('overview:home.title'),
    letterNote: letterNote(words),
    answers: [holdersAnswer(words, holders), recentAnswer(words, facts), ...cards],
    isHidden: latest === undefined,
    latest: (latest ?? []).map((entry) => cardOf(words, { latest: entry, all: [entry] })),
    exampleNote: exampleNote(words, (latest ?? []).map(actorOf)),
    ways: [
      { icon: 'office', text: t('overview:ways.offices'), href: urls.to('overview.offices') },
      { icon: 'data', text: t('overview:ways.data'), href: urls.to('overview.data') },
      { icon: 'eye', text: t('overview:ways.accesses'), href: urls.to('overview.accesses') },
      ...(words.sight === 'details'
        ? [
            {
              icon: 'pencil',
              text: t('overview:ways.correct'),
              href: urls.to('rectification.new'),
            },
            { icon: 'stop', text: t('overview:ways.block'), href: urls.to('blocks.list') },
            {
              icon: 'download',
              text: t('overview:ways.documents'),
              href: urls.to('reports.documents'),
            },
          ]
        : []),
      { icon: 'question', text: t('overview:ways.limits'), href: urls.to('overview.limits') },
    ],
  }
}

function holdersAnswer({ t, urls }: Words, count: number): HomeCard {
  const text = t('overview:home.holders', { count })
  return { icon: 'office', text, remark: null, href: urls.to('overview.offices') }
}

/** Facts, never a score: how many there were, and whether one breaks a rule. */
function recentAnswer({ t, urls }: Words, { recent }: Pick<HomeFacts, 'recent'>): HomeCard {
  const text = t('overview:home.recent', { count: recent.all })
  if (recent.flagged > 0) {
    return {
      icon: 'attention',
      text,
      remark: t('overview:home.unmatched', { count: recent.flagged }),
      href: urls.to('overview.accesses', { period: 'month', only: 'flagged' }),
    }
  }
  const remark = recent.all === 0 ? null : t('overview:home.stated', { count: recent.all })
  return { icon: 'eye', text, remark, href: urls.to('overview.accesses', { period: 'month' }) }
}

import { exact, MILLION, quotient } from '../../model/number/money.ts'
import { lowOf } from '../../model/number/range.ts'
import type { UsageLine, UsageReport } from '../../model/result/usage.ts'
import { localTime } from '../../usage/groups/local-time.ts'
import { printInstant } from '../../usage/result/print.ts'

/** The columns of FOCUS 1.2 that a charge for tokens has, then our own. Each group in the order of its names. */
export const FOCUS_COLUMNS = [
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargeFrequency',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ConsumedQuantity',
  'ConsumedUnit',
  'ContractedCost',
  'ContractedUnitPrice',
  'EffectiveCost',
  'InvoiceId',
  'InvoiceIssuerName',
  'ListCost',
  'ListUnitPrice',
  'PricingCategory',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'ServiceCategory',
  'ServiceName',
  'ServiceSubcategory',
  'SkuId',
  'SkuMeter',
  'SkuPriceDetails',
  'SkuPriceId',
  'x_Batch',
  'x_BookVersion',
  'x_Hours',
  'x_Meter',
  'x_Model',
  'x_PromptLength',
  'x_Region',
  'x_RowDate',
  'x_Service',
  'x_Source',
] as const

type Row = Readonly<Record<(typeof FOCUS_COLUMNS)[number], string | null>>

/**
 * One charge as FOCUS has it. Its four costs are one figure, as nothing is known of contracts and commitments beyond the
 * price book; it is reckoned and not invoiced, so it has no invoice, and dsprice stands for the account.
 *
 * @param line - with an exact cost, of a day
 * @see https://focus.finops.org/focus-specification/v1-2/
 */
export const focusRow = (line: UsageLine, { period, pricing }: Pick<UsageReport, 'period' | 'pricing'>): Row => {
  const rate = lowOf(line.rate)
  const quantity = quotient(exact(line.quantity), MILLION)
  const cost = quantity.times(exact(rate)).toFixed()
  const sku = `${line.model}/${line.meter}`
  const terms = [
    line.service,
    ...(line.batch ? ['batch'] : []),
    line.region ?? [],
    line.tier ?? [],
    line.window ?? [],
  ].flat()
  return {
    ...{ BilledCost: cost, ContractedCost: cost, EffectiveCost: cost, ListCost: cost },
    ...{ ContractedUnitPrice: rate, ListUnitPrice: rate },
    ...{ BillingAccountId: 'dsprice', BillingAccountName: null, BillingCurrency: 'USD' },
    ...billingPeriod(line, period.timezone),
    ...{ ChargeCategory: 'Usage', ChargeClass: null, ChargeFrequency: 'Usage-Based' },
    ChargeDescription: `${line.model}, ${line.meter}, ${terms.join(', ')}: $${rate} per 1M tokens`,
    ...{ ChargePeriodStart: line.from, ChargePeriodEnd: line.to },
    ...{ ConsumedQuantity: exact(line.quantity).toFixed(), ConsumedUnit: 'Tokens' },
    InvoiceId: null,
    ...{ InvoiceIssuerName: line.provider, ProviderName: line.provider, PublisherName: line.provider },
    ...{ PricingCategory: 'Standard', PricingQuantity: quantity.toFixed(), PricingUnit: '1000000 Tokens' },
    ...{ ServiceCategory: 'AI and Machine Learning', ServiceSubcategory: 'Generative AI' },
    ServiceName: `${line.provider} API`,
    ...{ SkuId: sku, SkuMeter: line.meter, SkuPriceDetails: detailsOf(line) },
    SkuPriceId: [sku, ...terms, line.row_from].join('/'),
    ...{ x_Batch: String(line.batch), x_BookVersion: bookOf(pricing), x_Hours: line.window },
    ...{ x_Meter: line.meter, x_Model: line.model, x_PromptLength: line.tier },
    x_Region: line.region,
    ...{ x_RowDate: line.row_from, x_Service: line.service, x_Source: line.source },
  }
}

/** The calendar month of the report's zone in which the charge begins. */
const billingPeriod = ({ from }: UsageLine, timezone: string) => {
  const clock = localTime(timezone)
  const month = clock.monthSpan(clock.dayOf(Date.parse(from)).slice(0, 7))
  return { BillingPeriodStart: printInstant(month.from), BillingPeriodEnd: printInstant(month.to) }
}

const detailsOf = ({ service, batch, region, tier, window }: UsageLine): string =>
  JSON.stringify({
    ...{ x_Service: service, x_Batch: batch },
    ...(region === null ? {} : { x_Region: region }),
    ...(tier === null ? {} : { x_PromptLength: tier }),
    ...(window === null ? {} : { x_Hours: window }),
  })

const bookOf = ({ version, layers }: UsageReport['pricing']): string =>
  [version, ...layers.map(({ name }) => name)].join(' + ')

import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  type Expression,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely'
import type { Statements, Tables } from './tables.ts'

/** The values of a prepared statement, as the builder sees them: each stands in for one that is sent later. */
export type Given<Values> = { readonly [K in keyof Values]: Expression<Values[K]> }

/** What statements are sent through: the door itself or a transaction. */
export interface Asks {
  getKysely(): Statements
  /** Outside any transaction: straight to the pool, half of what the way through Kysely's executor costs. */
  send?<Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]>
}

/**
 * A statement whose text is built once, with its first use, and sent with other values each time. For what runs with
 * nearly every update or sale: building costs more than sending there.
 *
 * @example
 * const findName = prepared((db, { id }: Given<{ id: ServerId }>) =>
 *   db.selectFrom('servers').select('name').where('id', '=', id))
 * const [server] = await findName(em, { id })
 */
export function prepared<Values extends object, Row extends object>(
  build: (db: Statements, given: Given<Values>) => Compilable<Row>,
): (asks: Asks, values: Values) => Promise<Row[]> {
  let compiled: CompiledQuery<Row> | null = null
  return async (asks, values) => {
    compiled ??= build(compiler, placeholders as Given<Values>).compile()
    const parameters = compiled.parameters.map((one) =>
      one instanceof Placeholder ? values[one.name as keyof Values] : one,
    )
    if (asks.send) return asks.send<Row>(compiled.sql, parameters)
    const { rows } = await asks.getKysely().executeQuery<Row>({ ...compiled, parameters })
    return rows
  }
}

class Placeholder {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

const placeholders: unknown = new Proxy(
  {},
  {
    get: (_target, name) => sql.val(new Placeholder(String(name))),
    ownKeys: () => {
      throw new Error('a prepared statement names each value that it is given: `...rest` would hold none')
    },
  },
)

/** Sends a value once, however often it stands in the text. */
class SparingCompiler extends PostgresQueryCompiler {
  readonly #numbers = new Map<string, number>()

  override compileQuery(...parameters: Parameters<PostgresQueryCompiler['compileQuery']>): CompiledQuery {
    this.#numbers.clear()
    return super.compileQuery(...parameters)
  }

  protected override appendValue(value: unknown): void {
    const known = value instanceof Placeholder ? this.#numbers.get(value.name) : undefined
    if (known === undefined) super.appendValue(value)
    else this.append(`$${known}`)
    if (value instanceof Placeholder && known === undefined) this.#numbers.set(value.name, this.numParameters)
  }
}

/** Builds texts and sends nothing. */
const compiler = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new SparingCompiler(),
  },
})

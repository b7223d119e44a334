import type pg from 'pg'

export interface Table {
  readonly name: string
  readonly columns: readonly string[]
}

/** Every table of the shop, a referenced table before those that reference it. The migrator's own table is left out. */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations' group by c.relname order by c.relname`,
  )
  const { rows: references } = await client.query<{ child: string; parent: string }>(
    `select conrelid::regclass::text as child, confrelid::regclass::text as parent from pg_constraint
     where contype = 'f' and conrelid <> confrelid and connamespace = 'public'::regnamespace`,
  )
  const ordered: Table[] = []
  const place = (table: Table): void => {
    if (ordered.includes(table)) return
    for (const { parent } of references.filter(({ child }) => child.replaceAll('"', '') === table.name)) {
      const needed = tables.find((one) => one.name === parent.replaceAll('"', ''))
      if (needed) place(needed)
    }
    ordered.push(table)
  }
  for (const table of tables) place(table)
  return ordered
}

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const columnList = (table: Table): string => table.columns.map(quote).join(', ')

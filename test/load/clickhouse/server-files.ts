/** The configuration of one server of a cluster of two, in the form that ClickHouse 18.16 reads. */

/** Profiles beside `reader` and `analyst`: what an administrator may have set in them. */
export const PROFILES: Readonly<Record<string, string>> = {
  default: '',
  reader: '<readonly>1</readonly>',
  analyst: '<readonly>2</readonly>',
}

/** The password of every user: with what a shell, an address and XML would each misread. */
export const PASSWORD = 'p@ss:w/o?r#d%41'

interface Ports {
  readonly http: number
  readonly tcp: number
  readonly interserver: number
}

/** @param shards - the native ports of both servers */
export const configXml = (
  folder: string,
  { http, tcp, interserver }: Ports,
  shards: readonly number[],
): string => `<?xml version="1.0"?>
<yandex>
  <logger><level>warning</level><log>${folder}/server.log</log><errorlog>${folder}/errors.log</errorlog></logger>
  <http_port>${http}</http_port>
  <tcp_port>${tcp}</tcp_port>
  <interserver_http_port>${interserver}</interserver_http_port>
  <listen_host>127.0.0.1</listen_host>
  <path>${folder}/data/</path>
  <tmp_path>${folder}/tmp/</tmp_path>
  <format_schema_path>${folder}/formats/</format_schema_path>
  <mark_cache_size>67108864</mark_cache_size>
  <users_config>${folder}/users.xml</users_config>
  <default_profile>default</default_profile>
  <default_database>default</default_database>
  <timezone>UTC</timezone>
  <max_concurrent_queries>50</max_concurrent_queries>
  <query_log><database>system</database><table>query_log</table></query_log>
  <remote_servers>
    <pair>
${shards.map(port => `      <shard><replica><host>127.0.0.1</host><port>${port}</port><user>shards</user></replica></shard>`).join('\n')}
    </pair>
  </remote_servers>
</yandex>
`

/** Users named after their profiles, with the password; `shards` has none and is what the servers call each other by. */
export const usersXml = (profiles: Readonly<Record<string, string>>): string => `<?xml version="1.0"?>
<yandex>
  <profiles>
${Object.entries({ ...PROFILES, ...profiles })
  .map(([name, settings]) => `    <${name}>${settings}</${name}>`)
  .join('\n')}
  </profiles>
  <users>
${Object.keys({ ...PROFILES, ...profiles })
  .map(name => userXml(name, { password: PASSWORD, profile: name }))
  .join('\n')}
${userXml('shards', { password: '', profile: 'default' })}
${userXml('stranger', { password: PASSWORD, profile: 'reader', databases: 'elsewhere' })}
  </users>
  <quotas><default><interval><duration>3600</duration></interval></default></quotas>
</yandex>
`

interface User {
  readonly password: string
  readonly profile: string
  /** The only database that the user sees. */
  readonly databases?: string
}

const userXml = (name: string, { password, profile, databases }: User): string =>
  `    <${name}><password>${password}</password><networks><ip>127.0.0.1</ip></networks><profile>${profile}</profile>` +
  `<quota>default</quota>${databases === undefined ? '' : `<allow_databases><database>${databases}</database></allow_databases>`}</${name}>`

/** Settings of PostgreSQL, by name. */
export type ClusterSettings = Readonly<Record<string, string | number>>

/**
 * What a small installation runs with: about 40 MB of its own when idle.
 *
 * Nothing listens on the network. Commits are durable (fsync stays on). Memory for dynamic sharing is a
 * file, because containers often have a `/dev/shm` of 64 MB.
 *
 * @param major version of PostgreSQL
 * @param socketFolder where the only socket is
 */
export function clusterSettings(major: number, socketFolder: string, extra: ClusterSettings): ClusterSettings {
  return {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    port: socketPort,
    max_connections: 60,
    shared_buffers: '96MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '256MB',
    min_wal_size: '32MB',
    jit: 'off',
    random_page_cost: 1.1,
    effective_cache_size: '512MB',
    dynamic_shared_memory_type: 'mmap',
    max_parallel_workers: 2,
    autovacuum_max_workers: 2,
    // Nobody replicates from here: one process less.
    max_logical_replication_workers: 0,
    wal_level: 'minimal',
    max_wal_senders: 0,
    logging_collector: 'off',
    log_min_messages: 'warning',
    // Statements may hold what a log must not: a value is never written.
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: 0,
    // A connection that died without a word does not hold its locks for hours.
    idle_in_transaction_session_timeout: '5min',
    ...(major >= 18 ? { io_method: 'sync' } : {}),
    ...extra,
  }
}

/** The number in the socket's name; nothing listens on a port. */
export const socketPort = 5432

/** As whom the server connects to its own database. */
export const clusterUser = 'vitrine'

/** Options of `initdb`: what cannot be changed later. Collation by bytes, of no library, so that no upgrade of one damages an index. */
export function initdbOptions(major: number): readonly string[] {
  const locale =
    major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C.UTF-8']
  return ['-U', clusterUser, '--auth=trust', '-E', 'UTF8', ...locale, '--data-checksums']
}

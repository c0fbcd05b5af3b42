/// Where etcd has what the processes agree on.
public enum RingKeys {
    /// The ring of the bus: a JSON list of URLs.
    public static let bus = "/config/pub_sub_ring"
    /// Servers that wait to take the place of a dead one, the next first: a JSON list of URLs.
    public static let standbys = "/config/pub_sub_standby"
    /// The ring of the location cache: a JSON list of URLs.
    public static let cache = "/config/location_cache_ring"

    /// What live processes say of themselves and of servers; everything below it ends with their leases.
    static let live = "/nearby/"
    /// One key a process.
    static let processes = "/nearby/processes/"
    /// One key a server and process that cannot reach it: `<server>/<process>` behind it.
    static let unreachable = "/nearby/unreachable/"
}

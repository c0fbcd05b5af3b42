import Geo

/// What values a setting takes, and in which range. The ends of a range belong to it.
enum SettingKind {
    case text
    case onOff
    case integer(ClosedRange<Int>)
    /// A time as `250ms`, `30s`, `10min`, `1h`, `30d`.
    case duration(ClosedRange<Duration>)
    /// A length as `500m`, `8km`, `5mi`; more than 0.
    case radius
    /// Precisions of geohashes, with commas between them.
    case precisions(ClosedRange<Int>)
    /// Texts with commas between them, or none.
    case list
    /// The address of map tiles.
    case tileURL
    /// Origins of web servers with commas between them, or none.
    case webOrigins
    /// Addresses of Redis servers with commas between them, or none. They may hold passwords: nothing is ever printed.
    case redisURLs
    /// Addresses of etcd's endpoints with commas between them, or none.
    case etcdURLs
    /// The address of a PostgreSQL database. It may hold a password: nothing is ever printed.
    case databaseURL
    /// A text of which nothing is ever printed. At least so many bytes.
    case secret(minimumBytes: Int)

    /// The range in words, for messages and the list of settings; empty if every value will do.
    var range: String {
        switch self {
        case .text, .list: ""
        case .databaseURL: "a postgres:// URL"
        case .redisURLs: "redis:// or rediss:// URLs (or redis+sentinel://), with commas"
        case .etcdURLs: "http:// or https:// URLs without a path, with commas"
        case .onOff: "true or false"
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .duration(let range):
            "\(DurationText.format(range.lowerBound)) to \(DurationText.format(range.upperBound))"
        case .radius: "more than 0m, to \(Int(Radius.maximumMetres / 1000))km"
        case .precisions(let range):
            "different numbers from \(range.lowerBound) to \(range.upperBound), with commas"
        case .tileURL: "an address with {z}, {x} and {y}"
        case .webOrigins: "origins such as https://img.example, with commas"
        case .secret(let minimumBytes): "at least \(minimumBytes) bytes"
        }
    }
}

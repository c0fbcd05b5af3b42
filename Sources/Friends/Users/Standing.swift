/// What a known id stands for. The raw values are in the database.
enum Standing: Int64 {
    /// Somebody blocked, asked or reported an id that nobody used yet: it has a number and nothing else.
    case reserved = 0
    case active = 1
    case erased = 2
}

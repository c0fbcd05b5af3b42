import Channels

/// A user of the in-memory store, who may so far only have been named by others.
struct UserEntry {
    var user: User
    var standing: Standing
}

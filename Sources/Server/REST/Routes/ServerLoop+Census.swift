import Geo

extension ServerLoop {
    /// How many users are published in a cell or inside it, and how many of the loop's sessions would be shown
    /// somebody published in exactly this cell. Nobody is published before a session can opt in.
    func census(of cell: Geohash) -> (members: Int, watchers: Int) {
        (members: 0, watchers: 0)
    }
}

import ArgumentParser

/// `nearby geohash`: what a person needs to understand a cell, a cover or a border. It talks to nobody, but for
/// `inspect --server`.
///
/// Run it through ``GeohashLauncher``, which lets negative numbers through and answers mistakes in one line.
struct GeohashCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "geohash",
        abstract: "Explains geohash cells: encode, decode, neighbours, covers, distances, drawings.",
        discussion: """
            Positions are latitude, then longitude, in decimal degrees; a cell owns its south and west borders. Hashes \
            may be upper case. Where - is allowed, lines of standard input are read instead; empty lines and those that \
            begin with # are skipped.

            Exit status: 0 done, 1 failed (bad data on standard input or in a file), 64 wrong usage. What is wrong is \
            said in one line on standard error.
            """,
        subcommands: [
            EncodeCommand.self, DecodeCommand.self, NeighborsCommand.self, CoverCommand.self, InspectCommand.self,
            DistanceCommand.self, TableCommand.self, ChildrenCommand.self, ParentCommand.self, ValidateCommand.self,
        ])
}

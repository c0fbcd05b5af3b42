// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds the server builds its benchmarks.

let rules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "nearby-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "nearby", path: "../"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    ],
    targets: [
        .executableTarget(
            name: "bus-benchmark",
            dependencies: [
                .product(name: "ChannelBus", package: "nearby"),
                .product(name: "Channels", package: "nearby"),
                .product(name: "Geo", package: "nearby"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: rules),
        .executableTarget(
            name: "engine-benchmark",
            dependencies: [
                .product(name: "Channels", package: "nearby"),
                .product(name: "Geo", package: "nearby"),
            ],
            swiftSettings: rules),
        .executableTarget(
            name: "geo-benchmark",
            dependencies: [.product(name: "Geo", package: "nearby")],
            swiftSettings: rules),
    ]
)

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
    dependencies: [.package(name: "nearby", path: "../")],
    targets: [
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

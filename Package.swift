// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every target: Swift 6 mode (from the tools version), the upcoming
/// features that make imports and existentials explicit, and no warning left standing.
let rules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

#if os(Linux)
    /// In the system's own places; what pkg-config adds there is a flag that SwiftPM refuses.
    let hiredisPackage: String? = nil
    let libpqPackage: String? = nil
#else
    let hiredisPackage: String? = "hiredis"
    let libpqPackage: String? = "libpq"
#endif

let package = Package(
    name: "nearby",
    platforms: [.macOS(.v15), .iOS(.v18)],
    products: [
        .executable(name: "nearby", targets: ["CLI"]),
        .library(name: "Geo", targets: ["Geo"]),
        .library(name: "Channels", targets: ["Channels"]),
        .library(name: "ChannelBus", targets: ["ChannelBus"]),
        .library(name: "NearbyClient", targets: ["NearbyClient"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        // 2.101.2 is the first release with the fixes of CVE-2026-43678 and CVE-2026-28980.
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        .target(name: "Geo", swiftSettings: rules),
        .target(name: "Channels", dependencies: ["Geo"], exclude: ["Bus"], swiftSettings: rules),
        .target(
            name: "ServiceIdentity",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: rules),
        .systemLibrary(name: "CHiredis", pkgConfig: hiredisPackage, providers: [.apt(["libhiredis-dev"])]),
        .target(
            name: "ChannelBus",
            dependencies: [
                "CHiredis", "Channels", "Geo", "ServiceIdentity",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Sources/Channels/Bus",
            swiftSettings: rules),
        .systemLibrary(name: "CLibpq", pkgConfig: libpqPackage, providers: [.apt(["libpq-dev"])]),
        .target(
            name: "Friends",
            dependencies: ["CLibpq", "Channels", "Geo", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: rules),
        .target(
            name: "Strangers",
            dependencies: [
                "Channels", "Geo",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: rules),
        .target(
            name: "WebSocket",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: rules),
        .target(
            name: "Server",
            dependencies: [
                "ChannelBus", "Channels", "Etcd", "Friends", "Geo", "Rings", "Strangers", "WebSocket",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            // The pages, as they are: no build step.
            resources: [.copy("Web/Site")],
            swiftSettings: rules),
        .target(
            name: "NearbyClient",
            dependencies: [
                "Geo", "ServiceIdentity", "WebSocket",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: rules),
        .target(
            name: "Etcd",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: rules),
        .target(
            name: "Rings",
            dependencies: [
                "ChannelBus", "Channels", "Etcd", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: rules),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .executableTarget(
            name: "CLI",
            dependencies: [
                "ChannelBus", "Channels", "CZlib", "Etcd", "Friends", "Geo", "NearbyClient", "Rings", "Server",
                "WebSocket",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: rules),
        .testTarget(name: "GeoTests", dependencies: ["Geo"], swiftSettings: rules),
        .testTarget(name: "ChannelsTests", dependencies: ["Channels", "Geo"], swiftSettings: rules),
        .testTarget(
            name: "Simulation", dependencies: ["Channels", "Geo", "Strangers"], swiftSettings: rules),
        .testTarget(
            name: "FriendsTests", dependencies: ["Channels", "Friends", "Geo", "TestServers"], swiftSettings: rules),
        .testTarget(
            name: "StrangersTests", dependencies: ["Channels", "Geo", "Strangers"],
            swiftSettings: rules),
        .testTarget(
            name: "WebSocketTests",
            dependencies: [
                "WebSocket",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: rules),
        .testTarget(
            name: "BusTests",
            dependencies: [
                "ChannelBus", "Channels", "Geo", "TestServers",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: rules),
        .testTarget(
            name: "EtcdTests",
            dependencies: ["Etcd", "TestServers"], swiftSettings: rules),
        .testTarget(
            name: "RingsTests",
            dependencies: ["ChannelBus", "Channels", "Etcd", "Rings", "TestServers"], swiftSettings: rules),
        // What tests start beside themselves.
        .target(name: "TestServers", path: "Tests/TestServers", swiftSettings: rules),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "TestServers", "ChannelBus", "Channels", "Etcd", "Friends", "Geo", "NearbyClient", "Rings", "Server",
                "Strangers", "WebSocket",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: rules),
        .testTarget(
            name: "NearbyClientTests",
            dependencies: [
                "Geo", "NearbyClient", "ServiceIdentity", "WebSocket",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: rules),
        .testTarget(
            name: "CLITests",
            dependencies: [
                "Channels", "CLI", "Etcd", "Friends", "Geo", "NearbyClient", "Rings", "Server", "TestServers",
                "WebSocket",
            ],
            swiftSettings: rules),
    ]
)

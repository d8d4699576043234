// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "discador",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "discador", targets: ["discador"])
    ],
    dependencies: [
        // The command line: parsing, help texts, usage errors.
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // Logging to stderr, passed in from the command line.
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        // Error types of the HTTP client's transport, the control socket beside a database, and a lock that the thread
        // sanitizer understands.
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        // Limits for replies that are compressed without being asked, and the parts of requests; the HTTP client builds it
        // anyway.
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        // Errors of a TLS handshake, to distinguish "never connected" from "cut off"; HTTPS for webhooks.
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        // SQLite: one serial writer, read-only readers, migrations.
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        // A heap, to merge the sorted runs of an import.
        .package(url: "https://github.com/apple/swift-collections.git", exact: "1.6.0"),
        // SHA-256, to recognize a list that was imported before and for the tokens of webhooks; HMAC, to sign messages to
        // the user's own address; scrypt, for the passwords of the dashboard. The HTTP client and the simulator build it
        // anyway.
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        // The listener for webhooks, and the server side of the simulator.
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        // Names of HTTP's headers and statuses; the servers build it anyway.
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        // The campaign file's YAML, with line numbers for errors.
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        // The HTTP client that places the calls, and that of the simulator's webhooks.
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        // FilePath, for the paths of processes.
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        // Processes started, read and killed by `verify` and by the tests.
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        // UNIX signals as an async sequence, and ordered start and stop of the servers.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        .target(name: "CampaignCore", swiftSettings: settings),
        .target(
            name: "CampaignFile",
            dependencies: ["CampaignCore", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings
        ),
        .target(
            name: "CampaignStore",
            dependencies: [
                "CampaignCore", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "HeapModule", package: "swift-collections"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "ZAPI",
            dependencies: [
                "CampaignCore",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "CampaignRunner",
            dependencies: [
                "CampaignCore", .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        // HTML, for reports and pages.
        .target(name: "Markup", swiftSettings: settings),
        .target(name: "Reports", dependencies: ["CampaignCore", "Markup", "Workbooks"], swiftSettings: settings),
        // The connections of a listener: how many there may be, and for how long a request may take.
        .target(
            name: "Connections",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Dashboard",
            dependencies: [
                "CampaignCore", "Connections", "Markup",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            exclude: ["README.md", "API/README.md"],
            resources: ["Assets/app.css", "Assets/app.js", "API/openapi.json"].map { .embedInCode($0) },
            swiftSettings: settings
        ),
        .target(
            name: "Webhooks",
            dependencies: [
                "CampaignCore", "Connections", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "ZAPISimulator",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            exclude: ["README.md"],
            swiftSettings: settings
        ),
        // Workbooks are ZIP archives of XML documents.
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        // Packs what is written into them.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Workbooks", dependencies: ["CExpat", "CZip", "CZlib"], swiftSettings: settings),
        // The commit that `discador --version` shows; the plugin writes it before each build.
        .target(
            name: "SourceCommit", exclude: ["Plugin"], swiftSettings: settings, plugins: ["SourceCommitPlugin"]),
        .plugin(name: "SourceCommitPlugin", capability: .buildTool(), path: "Sources/SourceCommit/Plugin"),
        .executableTarget(
            name: "discador",
            dependencies: [
                "CampaignCore", "CampaignFile", "CampaignStore", "ZAPI", "CampaignRunner", "Dashboard", "Markup",
                "Reports", "SourceCommit", "Webhooks", "Workbooks", "ZAPISimulator",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            exclude: ["README.md", "JSON/README.md", "Service/README.md"],
            // Links to campaigns/demo: `demo` works where there is nothing but the program.
            resources: ["campaign.yml", "contatos.csv", "expected.json"].map {
                .embedInCode("Commands/Demo/Campaign/\($0)")
            },
            swiftSettings: settings
        ),
        .executableTarget(
            name: "discador-benchmark",
            dependencies: [
                "CampaignCore", "CampaignStore", "ZAPI", "CampaignRunner", "Webhooks", "Workbooks",
                "ZAPISimulator",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            path: "Sources/Benchmark",
            exclude: ["README.md"],
            swiftSettings: settings
        ),
        .testTarget(name: "CampaignCoreTests", dependencies: ["CampaignCore"], swiftSettings: settings),
        .testTarget(
            name: "CampaignFileTests",
            dependencies: ["CampaignCore", "CampaignFile", "TestJSON", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CampaignStoreTests",
            dependencies: ["CampaignCore", "CampaignStore", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CampaignRunnerTests",
            dependencies: [
                "CampaignCore", "CampaignRunner", "CampaignStore", "Ongoing",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(name: "LayeringTests", swiftSettings: settings),
        .testTarget(
            name: "ReportsTests", dependencies: ["CampaignCore", "Reports", "Workbooks"], exclude: ["Judges"],
            swiftSettings: settings),
        .testTarget(
            name: "ZAPISimulatorTests",
            dependencies: [
                "Ongoing", "ZAPISimulator",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "WebhooksTests",
            dependencies: [
                "CampaignCore", "Ongoing", "Webhooks",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DashboardTests",
            dependencies: [
                "CampaignCore", "Dashboard", "Markup", "Ongoing", "TestJSON",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "WorkbooksTests", dependencies: ["TestWorkbook", "Workbooks"], exclude: ["Files"],
            swiftSettings: settings
        ),
        // For tests: waits for a condition of a run, a request or a process, which end when that ends.
        .target(name: "Ongoing", path: "Tests/Ongoing", swiftSettings: settings),
        // For tests: a JSON value to look into.
        .target(name: "TestJSON", path: "Tests/TestJSON", swiftSettings: settings),
        // For tests: workbooks made part by part, also wrong ones.
        .target(name: "TestWorkbook", path: "Tests/TestWorkbook", swiftSettings: settings),
        // For tests: a server that replies byte for byte as a test says, also in part or never.
        .target(name: "ScriptedServer", path: "Tests/ScriptedServer", swiftSettings: settings),
        .testTarget(
            name: "ZAPITests",
            dependencies: [
                "CampaignCore", "Ongoing", "ScriptedServer", "ZAPI", "ZAPISimulator",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DiscadorTests",
            dependencies: [
                "discador", "CampaignCore", "CampaignFile", "CampaignRunner", "CampaignStore", "Dashboard", "Ongoing",
                "Reports", "ScriptedServer", "TestJSON", "TestWorkbook", "Webhooks", "Workbooks", "ZAPI",
                "ZAPISimulator",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["JSON/Golden"],
            swiftSettings: settings
        ),
    ]
)

// The thread sanitizer needs everything compiled once more, and only these have tests with concurrent tasks.
if Context.environment["DISCADOR_SANITIZED"] != nil {
    let tests = ["CampaignRunnerTests", "CampaignStoreTests", "WebhooksTests"]
    let needed = tests + ["CampaignCore", "CampaignRunner", "CampaignStore", "Ongoing", "Webhooks"]
    package.targets.removeAll { !needed.contains($0.name) }
    package.products = []
}

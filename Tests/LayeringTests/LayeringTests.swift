import Foundation
import Testing

/// The drawing of the modules, compared with the imports. Arrows point down, never up or sideways.
@Suite struct `The layers` {
    /// Which of our modules each module may import.
    static let arrows: [String: Set<String>] = [
        "CampaignCore": [],
        "CampaignFile": ["CampaignCore"],
        "CampaignStore": ["CampaignCore"],
        "CampaignRunner": ["CampaignCore"],
        "ZAPI": ["CampaignCore"],
        "Connections": [],
        "Dashboard": ["CampaignCore", "Connections", "Markup"],
        "Markup": [],
        "Reports": ["CampaignCore", "Markup", "Workbooks"],
        "SourceCommit": [],
        "Webhooks": ["CampaignCore", "Connections"],
        "Workbooks": [],
        "ZAPISimulator": [],
        "discador": [
            "CampaignCore", "CampaignFile", "CampaignStore", "CampaignRunner", "ZAPI", "Dashboard", "Markup", "Reports",
            "SourceCommit", "Webhooks", "Workbooks", "ZAPISimulator",
        ],
        "Benchmark": [
            "CampaignCore", "CampaignStore", "CampaignRunner", "ZAPI", "Webhooks", "Workbooks", "ZAPISimulator",
        ],
    ]

    /// Which modules may use a library at all.
    static let libraries: [String: Set<String>] = [
        "GRDB": ["CampaignStore"],
        "Yams": ["CampaignFile"],
        // The simulator is Z-API's side: it posts webhooks.
        "AsyncHTTPClient": ["ZAPI", "ZAPISimulator", "Benchmark"],
        // The command line streams its reports and lists into the dashboard's answers.
        "Hummingbird": ["Connections", "Webhooks", "Dashboard", "discador", "ZAPISimulator", "Benchmark"],
        "HummingbirdCore": ["Connections", "Webhooks", "Dashboard"],
        "HummingbirdTLS": ["Webhooks", "Dashboard"],
        "HTTPTypes": ["Dashboard", "discador"],
        "ArgumentParser": ["discador", "Benchmark"],
        "Crypto": ["Webhooks", "ZAPI", "Dashboard", "discador"],
        "CryptoExtras": ["discador"],
        "HeapModule": ["CampaignStore"],
        "CZip": ["Workbooks"],
        "CExpat": ["Workbooks"],
        "CZlib": ["Workbooks"],
        "NIOPosix": ["ZAPI", "ZAPISimulator", "discador"],
        "Subprocess": ["discador"],
        "SystemPackage": ["discador"],
        "UnixSignals": ["discador"],
    ]

    /// Constructs with the only files that may have them.
    static let constructs: [(pattern: String, files: Set<String>)] = [
        (
            #"\bprint\("#,
            ["Sources/Benchmark/Benchmark.swift"]
        ),
        (
            #"\bDate\(\)|\bContinuousClock\(\)|\bContinuousClock\.now|\bSuspendingClock\b"#,
            [
                "Sources/discador/SystemEnvironment.swift", "Sources/ZAPISimulator/SimulatorConfiguration.swift",
                "Sources/Benchmark/Claim/ClaimSpeed.swift", "Sources/Benchmark/Dispatch/ClientCeiling.swift",
                "Sources/Benchmark/Dispatch/DispatchSpeed.swift",
                "Sources/Benchmark/Import/TimedProcess.swift", "Sources/Benchmark/Service/ServiceProcess.swift",
                "Sources/Benchmark/Webhooks/AcceptedCalls.swift", "Sources/Benchmark/Webhooks/WebhookSender.swift",
                "Sources/Benchmark/Webhooks/WebhookSpeed.swift",
            ]
        ),
        (#"\btry!|\bas!|\bfatalError\(|\bURLSession\b|DateFormatter\b|String\(format:|Bundle\.module"#, []),
        (#"@unchecked Sendable|nonisolated\(unsafe\)|@preconcurrency"#, []),
        (#"\b(usleep|Thread\.sleep)\b"#, []),
    ]

    @Test func `every module of the package is in the drawing`() {
        #expect(Set(SourceTree.sources.map(\.module)) == Set(Self.arrows.keys))
    }

    @Test func `the drawing in the documentation has the same modules`() throws {
        let blocks = try SourceTree.text("Sources/README.md").components(separatedBy: "```")
        let drawing = try #require(blocks.dropFirst().first)
        let names = Set(drawing.matches(of: /\b[A-Za-z]+\b/).map { String($0.output) })
        #expect(Set(Self.arrows.keys).subtracting(["Benchmark"]).isSubset(of: names))
        let modules = names.filter { $0.hasPrefix("Campaign") || $0.hasPrefix("ZAPI") }
        #expect(modules.isSubset(of: Set(Self.arrows.keys)))
    }

    @Test(arguments: SourceTree.sources)
    func `imports follow only the arrows of the drawing`(file: SourceTree.File) throws {
        let allowed = try #require(Self.arrows[file.module])
        let ours = Set(file.imports).intersection(Self.arrows.keys)
        #expect(ours.subtracting(allowed) == [], "\(file)")
    }

    @Test(arguments: SourceTree.sources)
    func `each library has one home`(file: SourceTree.File) {
        for library in file.imports {
            guard let homes = Self.libraries[library] else { continue }
            #expect(homes.contains(file.module), "\(file) imports \(library)")
        }
    }

    @Test func `the core imports nothing at all`() {
        for file in SourceTree.sources where file.module == "CampaignCore" { #expect(file.imports == [], "\(file)") }
    }

    @Test func `SQL is only in the store`() {
        let sql = /\b(SELECT .* FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|PRAGMA|CREATE TABLE)\b/
        // The yardstick of the import is another program's table.
        let offenders = SourceTree.sources.filter { file in
            file.module != "CampaignStore" && file.path != "Sources/Benchmark/Import/SQLiteShell.swift"
                && file.lines.contains { $0.firstMatch(of: sql) != nil }
        }
        #expect(offenders.map(\.path) == [])
        #expect(SourceTree.sources.contains { $0.lines.contains { $0.firstMatch(of: sql) != nil } })
    }

    @Test func `the store decodes what it reads, since a subscript of a damaged row ends the process`() {
        let subscripts = /\b(row|\$0)\[\d+\]/
        let offenders = SourceTree.sources.filter { file in
            file.module == "CampaignStore" && file.lines.contains { $0.firstMatch(of: subscripts) != nil }
        }
        #expect(offenders.map(\.path) == [])
    }

    @Test func `a test waits only for something that is running, so that its wait ends with it`() {
        func files(with words: String) -> [String] {
            SourceTree.tests.filter { file in file.lines.contains { $0.contains(words) } }.map(\.path).sorted()
        }
        let home = "Tests/Ongoing/Ongoing.swift"
        #expect(files(with: "await Task." + "yield()") == [home])
        // Those that wait for something other than the end of what is running: the test cancels them, or they look
        // themselves whether it is over.
        let others = [
            "Tests/CampaignRunnerTests/Support/RunWatch.swift",
            "Tests/DiscadorTests/Dashboard/Imports/UploadBrowser.swift",
            "Tests/DiscadorTests/Service/FollowTests.swift",
            "Tests/DiscadorTests/Service/SecondRunTests.swift", "Tests/DiscadorTests/Support/HeldClock.swift",
        ]
        #expect(files(with: "= Poller" + "()") == others + [home])
    }

    @Test(arguments: constructs.indices)
    func `clocks, printing and forbidden constructs keep to their place`(index: Int) throws {
        let (pattern, files) = Self.constructs[index]
        let regex = try Regex(pattern)
        let offenders = SourceTree.sources.filter { file in
            file.lines.contains { line in
                !line.drop(while: \.isWhitespace).hasPrefix("//") && line.firstMatch(of: regex) != nil
            }
        }
        #expect(Set(offenders.map(\.path)).subtracting(files) == [])
    }

    @Test func `nothing is public, since no library is offered`() {
        let declaration = /^\s*(@\w+ |final |static |indirect |nonisolated )*(public|open)\s/
        let offenders = SourceTree.sources.filter { $0.lines.contains { $0.firstMatch(of: declaration) != nil } }
        #expect(offenders.map(\.path) == [])
    }

    @Test func `a file has at most 300 lines, or says at its top why it is longer`() {
        let offenders = SourceTree.sources.filter { file in
            file.lineCount > 300 && !file.lines.prefix(3).contains { $0.hasPrefix("// Longer than 300 lines: ") }
        }
        #expect(offenders.map(\.path) == [])
    }

    @Test func `dependencies are pinned exactly, and each says what it is for`() throws {
        let lines = try SourceTree.text("Package.swift").components(separatedBy: "\n")
        let packages = lines.indices.filter { lines[$0].contains(".package(url:") }
        #expect(packages.count >= 8)
        for index in packages {
            #expect(lines[index].contains("exact: \""), "\(lines[index])")
            #expect(lines[index - 1].contains("//"), "\(lines[index])")
        }
    }
}

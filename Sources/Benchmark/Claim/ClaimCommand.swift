import ArgumentParser
import Foundation

/// `discador-benchmark claim`: what a call costs the database, however many contacts wait.
struct ClaimCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claim",
        abstract:
            "Microseconds to claim a call and record its result, with few and many contacts; and the start after a kill.",
        discussion: """
            The store alone, without HTTP: each transaction writes the results of the calls before and claims as many new \
            ones, with synchronous=FULL. The databases are measured in alternation, and each is compared with the first within \
            the round, so that a drift in the machine's speed does not bias it. The start is that of a run whose \
            predecessor was killed with calls under way: from opening the file to the first calls. Build with -c release.
            """
    )

    @Option(
        help: "Waiting contacts, one number for each database; the first is what the others are compared with.")
    var contacts = [10_000, 5_000_000]

    @Option(help: "Calls in one measurement; at most half of the fewest contacts for all rounds together.")
    var calls = 400

    @Option(help: "Calls claimed in one transaction.")
    var batch = 1

    @Option(help: "Rounds; the median counts.")
    var rounds = 9

    @Option(help: "The folder for the databases; its disk's sync speed is part of the figure.")
    var folder = FileManager.default.temporaryDirectory.path

    func validate() throws {
        guard let shortest = contacts.min(), shortest > 0 else {
            throw ValidationError("--contacts takes one or more numbers, each at least 1.")
        }
        guard batch > 0, rounds > 0, calls >= batch else {
            throw ValidationError("--batch and --rounds must be at least 1, and --calls at least --batch.")
        }
        guard (rounds + 1) * calls <= shortest / 2 else {
            throw ValidationError("\(rounds) rounds of \(calls) calls are too many for \(shortest) contacts.")
        }
    }

    func run() async throws {
        let place = URL(fileURLWithPath: folder).appending(path: "discador-benchmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        say("\(calls) calls a round, \(batch) in a transaction, \(rounds) rounds, synchronous=FULL, in \(place.path)")
        var databases: [ClaimSpeed] = []
        for count in contacts {
            say("filling a database of \(count) …")
            let database = try await ClaimSpeed(
                contacts: count, path: place.appending(path: "\(databases.count).db").path)
            // The first transactions read what they need from the disk.
            _ = try await database.microsecondsPerCall(calls: calls, batch: batch)
            databases.append(database)
        }
        try await compare(databases)
        for database in databases {
            let start = try await database.startAfterKill(batch: batch)
            say(
                "first calls after a kill, \(database.contacts) contacts: \((start.total * 1000).text(decimals: 1)) ms "
                    + "(\((start.begin * 1000).text(decimals: 1)) ms of it to begin the run)")
        }
    }

    private func compare(_ databases: [ClaimSpeed]) async throws {
        var figures = Array(repeating: [Double](), count: databases.count)
        for round in 1...rounds {
            for (index, database) in databases.enumerated() {
                figures[index].append(try await database.microsecondsPerCall(calls: calls, batch: batch))
            }
            let texts = figures.map { "\(($0.last ?? 0).text(decimals: 1)) µs" }
            say("round \(round): \(texts.joined(separator: ", "))")
        }
        for (database, times) in zip(databases, figures) {
            let ratio = zip(times, figures[0]).map { $0 / $1 }.median
            say(
                "\(database.contacts) contacts: median \(times.median.text(decimals: 1)) µs a call, "
                    + "\(ratio.text(decimals: 2)) × the first (goal 1.20)")
        }
    }
}

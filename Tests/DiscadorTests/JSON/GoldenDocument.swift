import Foundation
import TestJSON

/// A document of a command, with everything masked that differs from run to run, so that it can be compared as a whole.
struct GoldenDocument {
    /// What a command is expected to print.
    struct Command {
        /// The name of the file, without `.json`.
        var name: String
        var exitCode: Int32
        var words: [String]
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    /// The commands of `commands.txt`, in order.
    static func commands() throws -> [Command] {
        let text = try String(contentsOf: folder.appending(path: "commands.txt"), encoding: .utf8)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let words = line.split(separator: " ").map(String.init)
            return Command(name: words[0], exitCode: Int32(words[1]) ?? -1, words: Array(words.dropFirst(2)))
        }
    }

    /// The document that a file contains.
    static func expected(_ name: String) throws -> JSONValue {
        try JSONValue(String(contentsOf: folder.appending(path: "\(name).json"), encoding: .utf8))
    }

    /// Numbers that differ; those of a tally all do.
    private static let numbers: Set<String> = [
        "bytes", "callsPerHour", "contactsPerHour", "decided", "id", "latencyMs", "seconds", "secondsAfter",
        "secondsLeft", "tally",
    ]

    /// The folder that the commands ran in, with symbolic links followed.
    let place: String

    /// The document with masks for moments, ids, secrets, paths, addresses, users and processes.
    func masked(_ value: JSONValue, key: String = "", isTally: Bool = false) -> JSONValue {
        switch value {
        case .object(let members):
            .object(
                Dictionary(
                    uniqueKeysWithValues: members.map { name, value in
                        (name, masked(value, key: name, isTally: isTally || name == "tally"))
                    }))
        case .array(let items): .array(items.map { masked($0, key: key, isTally: isTally) })
        case .number(let number): isTally || Self.numbers.contains(key) ? 0 : .number(number)
        case .text(let text): .text(masked(text))
        case .truth, .null: value
        }
    }

    private func masked(_ text: String) -> String {
        text.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/, with: "<time>")
            .replacing(place, with: "<folder>")
            .replacing(/127\.0\.0\.1:\d+/, with: "<address>")
            .replacing(/[\w.-]+ \(uid \d+\)/, with: "<user>")
            .replacing(/zaapId":"[0-9A-F]+/, with: "zaapId\":\"<id>")
            .replacing(/probe-[0-9A-Z-]+/, with: "probe-<time>")
            .replacing(/replaced-[0-9A-Z-]+/, with: "replaced-<time>")
            .replacing(/\b[0-9A-F]{17,}\b/, with: "<id>")
            .replacing(/\/z\/A\/[\w-]{43}/, with: "/z/A/<token>")
            .replacing(/dsc_[\w-]{43}/, with: "dsc_<token>")
    }

    /// Where two documents differ, as paths; empty when they are the same.
    static func differences(_ one: JSONValue?, _ other: JSONValue?, at path: String = "") -> [String] {
        guard one != other else { return [] }
        switch (one, other) {
        case (.object(let left)?, .object(let right)?):
            return Set(left.keys).union(right.keys).sorted().flatMap { key in
                differences(left[key], right[key], at: "\(path).\(key)")
            }
        case (.array(let left)?, .array(let right)?) where left.count == right.count:
            return zip(left, right).enumerated().flatMap { index, pair in
                differences(pair.0, pair.1, at: "\(path)[\(index)]")
            }
        case let (one, other):
            return ["\(path): \(one.map { "\($0)" } ?? "nothing") instead of \(other.map { "\($0)" } ?? "nothing")"]
        }
    }

    /// Objects whose keys are codes or names of the user's own, wherever they are objects.
    private static let maps: Set<String> = [
        "counted", "events", "excluded", "outcomes", "reasons", "refused", "words",
    ]

    /// All keys of a document, without those of maps.
    static func keys(_ value: JSONValue) -> Set<String> {
        switch value {
        case .object(let members):
            members.reduce(into: Set(members.keys)) { keys, member in
                if case .object(let inner) = member.value {
                    // A contact by column; that of `why` is an object of ours.
                    let isMap = maps.contains(member.key) || member.key == "contact" && inner["phone"] == nil
                    if isMap { return }
                }
                keys.formUnion(self.keys(member.value))
            }
        case .array(let items): items.reduce(into: []) { $0.formUnion(keys($1)) }
        case .number, .text, .truth, .null: []
        }
    }
}

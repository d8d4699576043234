import Foundation
import Testing

@testable import ZAPISimulator

/// The document beside the simulator's sources, compared with the simulator.
@Suite struct SimulatorDocumentTests {
    let text: String

    init() throws {
        let root = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        text = try String(contentsOf: root.appending(path: "Sources/ZAPISimulator/README.md"), encoding: .utf8)
    }

    @Test func `has every ending with what it chooses`() {
        #expect(
            rows(in: "What a phone does")
                == Behavior.digitTable.map { "\($0.digits) \($0.behavior.rawValue) \($0.description)" })
    }

    @Test func `has every number with the disposition that it chooses`() {
        #expect(
            rows(in: "What becomes of a call")
                == Disposition.digitTable.map { "\($0.digits) \($0.disposition.rawValue) \($0.description)" })
    }

    @Test func `has every fault of a webhook`() {
        let rows = section("Faults of webhooks").matches(of: #/\n\| `([A-Za-z]+)` \| (.*) \|/#)
        #expect(rows.map { "\($0.1) \($0.2)" } == WebhookFault.allCases.map { "\($0.rawValue) \($0.explanation)" })
    }

    private func section(_ title: String) -> String {
        text.components(separatedBy: "\n## ").first { $0.hasPrefix(title) } ?? ""
    }

    private func rows(in title: String) -> [String] {
        section(title).matches(of: #/\n\| ([0-9]{2}) \| `([A-Za-z]+)`: (.*) \|/#).map { "\($0.1) \($0.2) \($0.3)" }
    }

    @Test func `has every key of the scenario file, and its example`() throws {
        let example = try #require(text.firstMatch(of: #/```json\n(?s)(.*?)```/#)).1
        #expect(
            example.trimmingCharacters(in: .whitespacesAndNewlines)
                == SimulatorManual.exampleScenario.trimmingCharacters(in: .whitespacesAndNewlines))
        let scenario = try #require(JSONSerialization.jsonObject(with: Data(example.utf8)) as? [String: Any])
        let rows = section("The scenario file").matches(of: #/\n\| `([A-Za-z]+)` \| /#).map { String($0.1) }
        #expect(Set(rows) == Set(scenario.keys))
    }
}

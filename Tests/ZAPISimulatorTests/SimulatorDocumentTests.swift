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
        let rows = text.matches(of: #/\n\| ([0-9]{2}) \| `([A-Za-z]+)`: /#).map { "\($0.1) \($0.2)" }
        #expect(rows == Behavior.digitTable.map { "\($0.digits) \($0.behavior.rawValue)" })
    }

    @Test func `has every key of the scenario file, and its example`() throws {
        let example = try #require(text.firstMatch(of: #/```json\n(?s)(.*?)```/#)).1
        #expect(
            example.trimmingCharacters(in: .whitespacesAndNewlines)
                == SimulatorManual.exampleScenario.trimmingCharacters(in: .whitespacesAndNewlines))
        let scenario = try #require(JSONSerialization.jsonObject(with: Data(example.utf8)) as? [String: Any])
        let rows = text.matches(of: #/\n\| `([A-Za-z]+)` \| /#).map { String($0.1) }
        #expect(Set(rows) == Set(scenario.keys))
    }
}

import Foundation
import Ongoing
import Testing

@Suite(.fewAtATime) struct `Waiting for a process` {
    @Test func `ends with the process, and says what was waited for and what was printed`() async throws {
        let folder = FileManager.default.temporaryDirectory
        let program = try Program(["nonsense"], in: folder)
        let line = await #expect(throws: ConditionNeverMet.self) {
            try await program.wait(for: "run started", count: 1)
        }
        #expect(line?.description.contains("“run started”") == true && line?.description.contains("nonsense") == true)
        let ring = await #expect(throws: ConditionNeverMet.self) { try await program.wait(for: "a ring") { false } }
        #expect(ring?.description == "It ended, and there was never a ring.")
    }
}

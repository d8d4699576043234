import Foundation
import Glibc
import Testing

@testable import CampaignCore
@testable import discador

@Suite struct `What the system says` {
    @Test func `is known by exactly the words that it says it with`() {
        let said = Set((1..<140).map { String(cString: strerror(Int32($0))) })
        #expect(Set(SystemWords.portuguese.keys).subtracting(said) == [])
        #expect(SystemError(code: ENOSPC).phrase == Phrase("No space left on device", "não há espaço no disco"))
        #expect(Phrase(system: "something else") == Phrase(verbatim: "something else"))
    }

    @Test func `is told of a file that Foundation cannot read, too`() throws {
        let thrown = #expect(throws: (any Error).self) { try Data(contentsOf: URL(fileURLWithPath: "/nowhere/at/all")) }
        let error = try #require(thrown)
        let why = Phrase("No such file or directory", "arquivo ou pasta inexistente")
        #expect(Phrase(system: error) == why, "\(error)")
        let message = try #require(Failure(error)?.message)
        #expect(
            message.portuguese
                == "Não foi possível usar /nowhere/at/all (arquivo ou pasta inexistente): confira o caminho e as permissões."
        )
    }
}

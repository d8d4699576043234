import Testing

@testable import Dashboard

@Suite struct EntityTagTests {
    private let tag = EntityTag(ofDocument: Array("{}".utf8))

    @Test func `it is named by itself, weakly or in a list, and by a star`() {
        let text = tag.text
        for header in [text, "W/\(text)", "\"other\", \(text)", " \(text) ", "*", "\"a\",W/\(text),\"b\""] {
            #expect(tag.isNamed(by: header))
        }
        for header in [nil, "", "\"other\"", String(text.dropLast()), ",", "W/", "W/\"\""] {
            #expect(!tag.isNamed(by: header))
        }
    }

    @Test func `another document, version or view has another one`() {
        #expect(tag != EntityTag(ofDocument: Array("{ }".utf8)))
        let version = EntityTag(ofVersion: "store:1", seenAs: "masked")
        #expect(version == EntityTag(ofVersion: "store:1", seenAs: "masked"))
        #expect(version != EntityTag(ofVersion: "store:1", seenAs: "whole"))
        #expect(version != EntityTag(ofVersion: "store:2", seenAs: "masked"))
    }
}

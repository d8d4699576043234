import CampaignCore
import Testing

@testable import discador

/// The texts that modules write in English only, compared with those that are found again in Portuguese.
@Suite struct `The Portuguese of recorded texts` {
    /// What `ZAPI` writes for others than people, or what is the same in every language.
    private static let others: Set = ["(not printable)", "no zaapId", "HTTP 7"]

    @Test func `knows everything that the client says about calls and instances`() throws {
        // Words of Z-API that are recognized.
        let texts = try Self.sentences("Sources/ZAPI") { !$0.hasPrefix("ErrorWords") && !$0.hasPrefix("AccountWords") }
        #expect(texts.count > 35)
        Self.expectKnown(texts.subtracting(Self.others))
    }

    @Test func `knows everything that a run says about instances`() throws {
        let texts = try Self.sentences("Sources/CampaignRunner") { _ in true }
        #expect(texts.count > 10)
        Self.expectKnown(texts)
    }

    @Test func `knows why the database holds an instance back, or blocks a person`() throws {
        let texts = try Self.sentences("Sources/CampaignStore") {
            ["InstanceRests.swift", "EventWriter.swift"].contains($0)
        }
        .filter { $0.contains("WhatsApp") || $0.contains("Z-API") }
        #expect(texts.count == 3)
        let blocks = [
            "reply: word “sair”", "reply, decided by ana (uid 1000)", "forgotten",
            "a reply that was not decided when its campaign was deleted", "typo; reply: word “sair”",
            "typo; reply, decided by ana (uid 1000)",
        ]
        Self.expectKnown(texts.union(blocks))
    }

    @Test func `knows everything that is said about a damaged workbook, and nothing else`() throws {
        let texts = try SourceTexts("Sources/Workbooks") { $0 != "WorkbookError+Description.swift" }.texts
        let reasons = texts.filter { text in
            text.contains(" ") && text.first?.isLowercase == true && !text.hasPrefix("error ")
        }
        #expect(reasons.count > 25)
        for reason in reasons {
            #expect(WorkbookReasons.portuguese(reason) != reason, "\(reason)")
        }
        for known in WorkbookReasons.known.keys { #expect(texts.contains(known), "\(known)") }
        for (beginning, _) in WorkbookReasons.beginnings {
            #expect(texts.contains { $0.hasPrefix(beginning) }, "\(beginning)")
        }
    }

    /// The texts of several words.
    private static func sentences(_ folder: String, where isRead: (String) -> Bool) throws -> Set<String> {
        try SourceTexts(folder, where: isRead).texts.filter { $0.contains(/[A-Za-z]{2,}:? [a-z7]/) }
    }

    private static func expectKnown(_ texts: Set<String>) {
        for text in texts {
            let phrase = Phrase(recorded: text)
            #expect(phrase.english == text && phrase.portuguese != text, "\(text)")
        }
    }
}

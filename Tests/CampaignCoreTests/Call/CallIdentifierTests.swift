import CampaignCore
import Testing

@Suite struct `The id of a call` {
    @Test(arguments: [
        "3999984263738042930CD6ECDE9VDWSA", "D241XXXX732339502B68", "1779374011-59", "A", "77", "0E5", "wamid.HBgM=",
    ]) func `is a text with letters or digits`(text: String) {
        #expect(CallIdentifier.id(text) == text)
        #expect(CallIdentifier.id("  \(text) ") == text)
    }

    @Test(arguments: [
        "", " ", "null", "NULL", "(null)", "\"null\"", "nil", "none", "None", "undefined", "unknown", "NaN", "n/a",
        "false",
        "true", "[object Object]", "0", "0000", "00000000-0000-0000-0000-000000000000", "0.0", "-1", "-0", "-", "…",
        "{}",
        "a\u{0}b", "a\u{FFFD}b", "a\u{202E}b", "a\tb",
    ]) func `is not what programs write where they have none`(text: String) {
        #expect(CallIdentifier.id(text) == nil)
    }
}

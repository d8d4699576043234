import CampaignCore
import CampaignFile
import Testing

@Suite struct ExpiryTests {
    /// 2026-11-30T21:00:00Z, which is 18:00 in São Paulo.
    static let evening = Timestamp(milliseconds: 1_796_072_400_000)

    @Test(arguments: [
        "2026-11-30T21:00Z", "2026-11-30T18:00-03:00", "2026-11-30T18:00:00-03:00", "2026-12-01T02:30+05:30",
        "\"2026-11-30T21:00:00Z\"",
    ])
    func `an offset determines the moment`(text: String) throws {
        #expect(try Example.parse(Example.minimal(adding: "expires: \(text)")).expires == Self.evening)
    }

    @Test func `without an offset the time is one of the window's zone`() throws {
        #expect(try Example.parse(Example.windowed(adding: "expires: 2026-11-30T18:00")).expires == Self.evening)
    }

    @Test func `an offset wins over the window's zone`() throws {
        #expect(try Example.parse(Example.windowed(adding: "expires: 2026-11-30T21:00Z")).expires == Self.evening)
    }

    @Test func `seconds count`() throws {
        let expires = try Example.parse(Example.minimal(adding: "expires: 2026-11-30T21:00:07Z")).expires
        #expect(expires == Self.evening.advanced(by: .seconds(7)))
    }

    @Test func `without offset and window the moment is unknown`() {
        #expect(
            Example.complaints(about: Example.minimal(adding: "expires: 2026-11-30T18:00")) == [
                """
                6: expires: "2026-11-30T18:00" has no time zone, and there is no window to take one from: \
                add an offset, such as 2026-11-30T18:00-03:00.
                """
            ]
        )
    }

    @Test func `a window that is always open leaves the moment unknown without an offset`() throws {
        let always = "window: always\nexpires: 2026-11-30T"
        let complaints = Example.complaints(about: Example.minimal(adding: always + "18:00"))
        #expect(complaints.count == 1)
        #expect(
            complaints[0].hasPrefix(
                "7: expires: \"2026-11-30T18:00\" has no time zone, and a window that is always open"))
        #expect(try Example.parse(Example.minimal(adding: always + "21:00Z")).expires == Self.evening)
    }

    @Test func `a window in each contact's local time leaves the moment unknown without an offset`() throws {
        let window = "window: {timezone: contact, days: [mon], from: 09:00, to: 18:00}"
        let text = Example.minimal(adding: "\(window)\nexpires: 2026-11-30T18:00")
        #expect(
            Example.complaints(about: text) == [
                """
                7: expires: "2026-11-30T18:00" has no time zone, and the window follows each contact's clock: \
                add an offset, such as 2026-11-30T18:00-03:00.
                """
            ]
        )
        #expect(try Example.parse(text + "-03:00").expires == Self.evening)
    }

    @Test func `a window with a wrong zone is reported once`() {
        let window = "window: {timezone: Nowhere/City, days: [mon], from: 09:00, to: 18:00}"
        let complaints = Example.complaints(about: Example.minimal(adding: "\(window)\nexpires: 2026-11-30T18:00"))
        #expect(
            complaints == [
                "6: window.timezone: \"Nowhere/City\" is not a valid time zone: write an IANA name such as America/Sao_Paulo, or contact."
            ]
        )
    }

    @Test(arguments: [
        "2026-11-30", "2026-11-30 18:00", "2026-11-31T18:00", "2026-11-30T24:00", "2026-11-30T18:60",
        "2026-11-30T18:00:60", "2026-11-30T18:00+15:00", "2026-11-30T18:00-03", "2026-11-30T18:00z", "tomorrow",
        "1796072400",
    ])
    func `anything else is not a valid date and time`(text: String) {
        #expect(
            Example.complaints(about: Example.windowed(adding: "expires: \(text)")) == [
                "7: expires: \"\(text)\" is not a valid date and time: write YYYY-MM-DDTHH:MM, such as 2026-11-30T18:00."
            ]
        )
    }

    @Test func `a time that the clocks skip is refused`() {
        let window = "window: {timezone: America/New_York, days: [mon], from: 09:00, to: 18:00}"
        let text = Example.minimal(adding: "\(window)\nexpires: 2026-03-08T02:30")
        #expect(
            Example.complaints(about: text) == [
                #"7: expires: "2026-03-08T02:30" does not exist: clocks in this time zone skip it: write a time that exists."#
            ]
        )
    }
}

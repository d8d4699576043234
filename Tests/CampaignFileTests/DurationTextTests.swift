import CampaignCore
import CampaignFile
import Testing

@Suite struct DurationTextTests {
    @Test(arguments: [
        Expectation("1ms", Duration.milliseconds(1)),
        Expectation("250ms", .milliseconds(250)),
        Expectation("30s", .seconds(30)),
        Expectation("5m", .seconds(300)),
        Expectation("2h", .seconds(7200)),
        Expectation("90m", .seconds(5400)),
        Expectation("24h", .seconds(86_400)),
        Expectation("2d", .seconds(172_800)),
        Expectation("30d", DurationText.longest),
    ])
    func `a duration is read in its unit and written back the same`(_ expectation: Expectation<Duration>) throws {
        #expect(try DurationText.parse(expectation.text) == expectation.result)
        #expect(DurationText.format(expectation.result) == expectation.text)
    }

    @Test(arguments: [
        Expectation("", DurationText.Fault.unreadable),
        Expectation("s", .unreadable),
        Expectation("30", .unreadable),
        Expectation("1x", .unreadable),
        Expectation("1D", .unreadable),
        Expectation("1w", .unreadable),
        Expectation("1d12h", .unreadable),
        Expectation("1S", .unreadable),
        Expectation("-1s", .unreadable),
        Expectation("+1s", .unreadable),
        Expectation("1.5s", .unreadable),
        Expectation("1 s", .unreadable),
        Expectation(" 1s", .unreadable),
        Expectation("1s ", .unreadable),
        Expectation("1h30m", .unreadable),
        Expectation("01s", .unreadable),
        Expectation("٣s", .unreadable),
        Expectation("1s\u{301}", .unreadable),
        Expectation("0ms", .zero),
        Expectation("0h", .zero),
        Expectation("721h", .tooLong),
        Expectation("31d", .tooLong),
        Expectation("0d", .zero),
        Expectation("99999999999d", .tooLong),
        Expectation("999999999999d", .tooLong),
        Expectation("2592001s", .tooLong),
        Expectation("999999999999h", .tooLong),
        Expectation("99999999999999999999999ms", .tooLong),
    ])
    func `anything else is not a valid duration, and says why`(_ expectation: Expectation<DurationText.Fault>) {
        #expect(throws: expectation.result) { try DurationText.parse(expectation.text) }
    }

    @Test(arguments: [
        (Duration.seconds(60), "1m"), (.seconds(61), "61s"), (.milliseconds(1500), "1500ms"), (.seconds(86_400), "24h"),
        (.zero, "0s"), (.microseconds(1), "1ms"), (.seconds(90_000), "25h"), (.seconds(604_800), "7d"),
    ])
    func `a duration is written in the largest unit that fits`(duration: Duration, text: String) {
        #expect(DurationText.format(duration) == text)
    }

    @Test(arguments: DurationText.Fault.allCases)
    func `every fault says what to write instead`(fault: DurationText.Fault) {
        #expect(fault.complaint.english.hasPrefix("is "))
        #expect(fault.remedy.english.hasPrefix("write ") && fault.remedy.portuguese.hasPrefix("escreva "))
    }
}

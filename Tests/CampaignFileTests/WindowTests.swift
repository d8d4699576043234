import CampaignCore
import CampaignFile
import Testing

@Suite struct WindowTests {
    static func text(
        zone: String = "America/Sao_Paulo",
        days: String = "[mon]",
        from: String = "09:00",
        to: String = "18:00",
        more: String = ""
    ) -> String {
        Example.minimal(adding: "window: {timezone: \(zone), days: \(days), from: \(from), to: \(to)\(more)}")
    }

    @Test(arguments: ["UTC", "Etc/UTC", "Europe/Lisbon", "Asia/Kolkata", "America/Argentina/Buenos_Aires"])
    func `a zone of the IANA list is taken under its own name`(zone: String) throws {
        #expect(try Example.parse(Self.text(zone: zone)).window?.timeZone == zone)
    }

    @Test func `a window may be in each contact's local time`() throws {
        let window = try #require(try Example.parse(Self.text(zone: "contact")).window)
        #expect(window.zone == .contact)
        #expect(window.timeZone == nil)
        #expect(window.fromMinute == 540)
    }

    @Test(arguments: [
        "Contact", "EST", "BRT", "GMT+3", "GMT", "EST5EDT", "-03:00", "America/Atlantis", "america/sao_paulo",
        "Brasília",
    ])
    func `an abbreviation or an offset is not a time zone`(zone: String) {
        #expect(
            Example.complaints(about: Self.text(zone: "\"\(zone)\"")) == [
                "6: window.timezone: \"\(zone)\" is not a valid time zone: write an IANA name such as America/Sao_Paulo, or contact."
            ]
        )
    }

    @Test(arguments: [
        ("09:00", "18:00", 540, 1080), ("\"09:30\"", "\"24:00\"", 570, 1440), ("00:00", "24:00", 0, 1440),
        ("22:00", "00:00", 1320, 1440),
    ])
    func `hours are minutes of the day`(from: String, to: String, first: Int, last: Int) throws {
        let window = try #require(try Example.parse(Self.text(from: from, to: to)).window)
        #expect(window.fromMinute == first)
        #expect(window.toMinute == last)
    }

    @Test func `hours reach into the next day only where overnight says so`() throws {
        let night = try #require(
            try Example.parse(Self.text(from: "22:00", to: "06:00", more: ", overnight: true")).window)
        #expect(night.fromMinute == 1320 && night.toMinute == 360)
        let day = try #require(try Example.parse(Self.text(more: ", overnight: false")).window)
        #expect(day.fromMinute == 540 && day.toMinute == 1080)
    }

    @Test func `nobody is called at night unless the file says so`() throws {
        let unwritten = try Example.parse(Example.minimal())
        #expect(unwritten.window == .usual && !unwritten.hasWrittenWindow)
        #expect(CallingWindow.usual.zone == .contact && CallingWindow.usual.holidays == [])
        #expect(CallingWindow.usual.days == [.mon, .tue, .wed, .thu, .fri, .sat])
        #expect(CallingWindow.usual.fromMinute == 9 * 60 && CallingWindow.usual.toMinute == 20 * 60)
        for text in ["window: always", "window: \"always\""] {
            let always = try Example.parse(Example.minimal(adding: text))
            #expect(always.window == nil && always.hasWrittenWindow)
        }
    }

    @Test(arguments: ["Always", "never", "none", "09:00-18:00", "24h", "true"])
    func `no other word is a window`(word: String) {
        #expect(
            Example.complaints(about: Example.minimal(adding: "window: \(word)")) == [
                "6: window: \"\(word)\" is not a valid window: write timezone, days, from and to; or always, if calls may ring at any hour."
            ])
    }

    @Test(arguments: ["", "window: {timezone: contact, days: [mon], from: 09:00, to: 18:00}"])
    func `a country whose clocks are not known needs a window with a zone`(window: String) throws {
        let complaints = Example.complaints(about: Example.minimal(adding: "country: 999\n\(window)"))
        #expect(complaints.count == 1)
        #expect(complaints[0].contains("no time zones are known for country 999"), "\(complaints)")
        #expect(Example.complaints(about: Example.minimal(adding: "country: 999\nwindow: always")).isEmpty)
    }

    @Test(arguments: ["9:00", "09:60", "25:00", "24:01", "0900", "9h", "09:00:00", "32400"])
    func `anything else is not a time of day`(hour: String) {
        #expect(
            Example.complaints(about: Self.text(from: "\"\(hour)\"")) == [
                "6: window.from: \"\(hour)\" is not a valid time of day: write HH:MM, such as \"09:00\"."
            ]
        )
    }

    @Test(arguments: [
        Expectation(text(from: "24:00"), #"from: "24:00" is the end of a day: write 00:00."#),
        Expectation(
            text(from: "09:00", to: "09:00"),
            #"to: "09:00" is also the time at which the window opens: write another time; from 00:00 to 24:00 is the whole day."#
        ),
        Expectation(
            text(from: "18:00", to: "09:00"),
            #"to: "09:00" is before the time at which the window opens: "#
                + "correct the hours; or, if calls may ring through the night, add overnight: true."
        ),
        Expectation(
            text(from: "18:00", to: "09:00", more: ", overnight: false"),
            #"to: "09:00" is before the time at which the window opens: "#
                + "correct the hours; or, if calls may ring through the night, add overnight: true."
        ),
        Expectation(
            text(more: ", overnight: true"),
            "overnight: these hours do not run into the next day: correct the hours, or remove overnight."
        ),
        Expectation(text(more: ", overnight: yes"), #"overnight: "yes" is not allowed here: write true or false."#),
        Expectation(text(days: "[]"), "days: the list is empty: write a list such as [mon, tue, wed, thu, fri]."),
        Expectation(
            text(days: "[mon, seg]"),
            #"days[1]: "seg" is not allowed here: write mon, tue, wed, thu, fri, sat or sun."#
        ),
        Expectation(text(days: "[mon, tue, mon]"), "days[2]: this is in the list twice: write it once."),
        Expectation(
            text(days: "mon"),
            "days: a single value is not allowed here: write a list such as [mon, tue, wed, thu, fri]."
        ),
        Expectation(
            text(more: ", holiday: [2026-12-25]"),
            "holiday: unknown key: did you mean `holidays`?"
        ),
        Expectation(
            text(more: ", holidays: 2026-12-25"),
            "holidays: a single value is not allowed here: write a list of dates such as [2026-12-25]."
        ),
        Expectation(
            text(more: ", holidays: [2026-12-25, 2026-12-25]"),
            "holidays[1]: this is in the list twice: write it once."
        ),
    ])
    func `a window that says something else than it seems is refused`(_ expectation: Expectation<String>) {
        #expect(Example.complaints(about: expectation.text) == ["6: window.\(expectation.result)"])
    }

    @Test(arguments: [
        "2026-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "26-12-25", "25/12/2026", "2206-12-25",
    ])
    func `a day that does not exist is not a holiday`(day: String) {
        #expect(
            Example.complaints(about: Self.text(more: ", holidays: [\(day)]")) == [
                "6: window.holidays[0]: \"\(day)\" is not a valid date: write YYYY-MM-DD, such as 2026-12-25."
            ]
        )
    }

    @Test(arguments: ["2028-02-29", "2000-02-29", "\"2026-12-31\""])
    func `a day that exists is a holiday`(day: String) throws {
        let window = try Example.parse(Self.text(more: ", holidays: [\(day)]")).window
        #expect(window?.holidays.count == 1)
    }

    @Test func `a window without holidays is one`() throws {
        #expect(try Example.parse(Self.text(more: ", holidays: []")).window?.holidays == [])
        #expect(try Example.parse(Self.text()).window?.holidays == [])
    }

    @Test func `half a window is an error, never "always"`() {
        let complaints = Example.complaints(about: Example.minimal(adding: "window: {}"))
        #expect(
            complaints == [
                "6: window.timezone: this key is missing: write an IANA name such as America/Sao_Paulo, or contact.",
                "6: window.days: this key is missing: write a list such as [mon, tue, wed, thu, fri].",
                "6: window.from: this key is missing: write a time such as \"09:00\".",
                "6: window.to: this key is missing: write a time such as \"18:00\".",
            ]
        )
        #expect(
            Example.complaints(about: Example.minimal(adding: "window:")) == [
                "6: window: the value is missing: write timezone, days, from and to, or always."
            ]
        )
    }
}

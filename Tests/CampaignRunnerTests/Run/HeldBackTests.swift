import CampaignCore
import CampaignRunner
import CampaignStore
import Testing

/// What a list says about its contacts, in a run.
@Suite struct `A contact whose list` {
    /// A campaign with a contact for each of these wishes.
    private static func fixture(_ wishes: [ContactWishes?]) async throws -> RunFixture {
        let fixture = try await RunFixture(contacts: 0)
        let store = try fixture.openStore()
        _ = try await store.importLists(campaign: "test", file: "test", now: RunFixture.start) { writer in
            try writer.beginList(file: "list.csv", columns: ["phone"])
            for (index, wishes) in wishes.enumerated() {
                guard let phone = PhoneNumber(value: 5_511_900_000_000 + Int64(index)) else { continue }
                var contact = ListContact(phone: phone, callDuration: nil, own: [phone.text])
                contact.wishes = wishes
                try writer.add(.contact(contact))
            }
        }
        try store.close()
        return fixture
    }

    @Test func `names a sound hears that one, and the others hear the campaign's`() async throws {
        let fixture = try await Self.fixture([ContactWishes(callAudioURL: "https://own.example", notBefore: nil), nil])
        fixture.campaign.callAudioURL = "https://campaign.example"
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        var sounds: [String?] = []
        while let call = await fixture.next(&calls) {
            sounds.append(call.audio)
            call.accept()
        }
        #expect(try await report.end == .finished)
        #expect(sounds == ["https://own.example", "https://campaign.example"])
    }

    @Test func `holds it back is called when the time has come, and not before`() async throws {
        let minutes = Int(RunFixture.start.milliseconds / 60_000) + 90
        let time = LocalTime(day: minutes / 1440, minute: minutes % 1440, offset: 0)
        let fixture = try await Self.fixture([ContactWishes(callAudioURL: nil, notBefore: time), nil])
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        var times: [Duration] = []
        while let call = await fixture.next(&calls) {
            times.append(call.at)
            call.accept()
        }
        #expect(try await report.end == .finished)
        #expect(times == [.zero, .seconds(90 * 60)])
    }

    @Test(arguments: [CallingWindow.Zone.contact, .fixed("UTC"), nil] as [CallingWindow.Zone?])
    func `holds it back ends a run that may not wait, which says so`(zone: CallingWindow.Zone?) async throws {
        let minutes = Int(RunFixture.start.milliseconds / 60_000) + 90
        let time = LocalTime(day: minutes / 1440, minute: minutes % 1440, offset: 0)
        let fixture = try await Self.fixture([ContactWishes(callAudioURL: nil, notBefore: time)])
        fixture.campaign.window = zone.map { zone in
            CallingWindow(
                zone: zone, days: Set(CallingWindow.Day.allCases), fromMinute: 0, toMinute: 1440, holidays: [])
        }
        let end = try await fixture.run(options: RunOptions(waits: false)).run().end
        #expect(end == .notNow(.heldBack(until: RunFixture.start.advanced(by: .seconds(90 * 60)))))
    }
}

import Foundation
import Testing

@testable import CampaignCore

@Suite struct ContactZonesTests {
    /// What Lei 11.662/2008 and Lei 12.876/2013 say of the states: hours west of UTC, by area code.
    static let lawfulHours: [(areas: [Int64], hours: [Int])] = [
        ([68], [5]),  // Acre
        ([97], [4, 5]),  // Amazonas, on both sides of the line from Tabatinga to Porto Acre
        ([92, 95, 69, 65, 66, 67], [4]),  // Amazonas, Roraima, Rondônia, Mato Grosso, Mato Grosso do Sul
        ([81], [2, 3]),  // Pernambuco with Fernando de Noronha
        (
            [
                11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 27, 28, 31, 32, 33, 34, 35, 37, 38, 41, 42, 43, 44, 45,
                46, 47, 48, 49, 51, 53, 54, 55, 61, 62, 63, 64, 71, 73, 74, 75, 77, 79, 82, 83, 84, 85, 86, 87, 88, 89,
                91, 93, 94, 96, 98, 99,
            ], [3]
        ),
    ]

    @Test func `each of Brazil's 67 area codes has the hours that the law gives its state`() throws {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        var seen: Set<Int64> = []
        for (areas, hours) in Self.lawfulHours {
            for area in areas {
                seen.insert(area)
                for line: Int64 in [999_990_001, 99_990_001, 33_330_001] {
                    let scale: Int64 = line > 100_000_000 ? 1_000_000_000 : 100_000_000
                    let phone = try #require(PhoneNumber(value: (5500 + area) * scale + line))
                    let zones = ContactZones.zones(of: phone, country: "351")
                    let offsets = try zones.map { try #require(TimeZone(identifier: $0)).secondsFromGMT(for: now) }
                    #expect(Set(offsets) == Set(hours.map { $0 * -3600 }), "\(phone.text): \(zones)")
                }
            }
        }
        #expect(seen.count == 67)
        #expect(BrazilianZones.facts.flatMap(\.areas).count == 67)
    }

    @Test(arguments: ZoneCase.countries + ZoneCase.several)
    func `a number abroad has the zones of its country, all of them where it does not tell`(_ example: ZoneCase) throws
    {
        let phone = try #require(PhoneNumber(text: example.number))
        #expect(ContactZones.zones(of: phone, country: "55") == example.zones)
    }

    @Test func `the examples are of at least 60 countries`() {
        let codes = Set(ZoneCase.countries.compactMap { CallingCode.beginning(PhoneDigits($0.number[...]))?.code })
        #expect(codes.count >= 60)
    }

    @Test func `of North America and Russia no number tells the zone, so the coasts count together`() throws {
        let american = ContactZones.zones(of: try #require(PhoneNumber(value: 12_025_550_123)), country: "55")
        #expect(american.first == "America/New_York")
        #expect(Set(american).isSuperset(of: ["America/Los_Angeles", "Pacific/Honolulu", "America/St_Johns"]))
        #expect(!american.contains("Pacific/Guam"))
        let russian = ContactZones.zones(of: try #require(PhoneNumber(value: 79_123_456_789)), country: "55")
        #expect(Set(russian).isSuperset(of: ["Europe/Moscow", "Europe/Kaliningrad", "Asia/Kamchatka"]))
    }

    @Test(arguments: ["123456789012345@lid", "870773111632", "5520999990001"])
    func `a number without a known place is treated as one of the campaign's country`(_ number: String) throws {
        let phone = try #require(PhoneNumber(text: number))
        #expect(
            ContactZones.zones(of: phone, country: "55") == [
                "America/Sao_Paulo", "America/Manaus", "America/Rio_Branco", "America/Noronha",
            ])
    }

    @Test func `a campaign without a country uses UTC`() throws {
        let lid = try #require(PhoneNumber(text: "123456789012345@lid"))
        #expect(ContactZones.zones(of: lid, country: "999") == ["UTC"])
        #expect(ContactZones.zones(ofCountry: "") == ["UTC"])
    }

    @Test func `every calling code of a country has zones, and every beginning belongs to one`() {
        let beginnings = CountryZones.rows.flatMap(\.beginnings)
        #expect(Set(beginnings).count == beginnings.count)
        for beginning in beginnings {
            let digits = beginning * 10_000_000
            #expect(CountryZones.zones(ofNumberBeginning: digits) != nil)
            #expect(CallingCode.beginning(PhoneDigits("\(digits)"[...])) != nil, "\(beginning)")
        }
        // Satellites and networks without a country.
        let nobodys: Set<Substring> = ["870", "878", "881", "882", "883"]
        for row in CallingCode.rows {
            let code = row.prefix { $0 != " " }
            #expect(
                (CountryZones.zones(ofNumberBeginning: Int64(code) ?? 0) == nil) == nobodys.contains(code), "\(code)")
        }
    }

    @Test func `no zone of the time zone database is missing, nor one of the table unknown`() throws {
        let table = try String(contentsOfFile: "/usr/share/zoneinfo/zone.tab", encoding: .utf8)
        var zones: [Substring: [String]] = [:]
        for line in table.split(separator: "\n") where !line.hasPrefix("#") {
            let cells = line.split(separator: "\t")
            zones[cells[0], default: []].append(String(cells[2]))
        }
        for row in CountryZones.rows {
            let ours = try Set(row.zones.map(Self.hours))
            #expect(ours.count == row.zones.count, "\(row.countries): two zones are one")
            for zone in row.countries.flatMap({ zones[$0] ?? [] }) {
                #expect(try ours.contains(Self.hours(zone)), "\(row.countries) has \(zone) too")
            }
        }
        #expect(zones.count > 240)
    }

    /// The offsets of a zone through 2025, which no later version of the database changes: one every six hours.
    private static func hours(_ zone: String) throws -> [Int] {
        let zone = try #require(TimeZone(identifier: zone), "\(zone)")
        return stride(from: 1_735_689_600, to: 1_767_225_600, by: 21_600).map { seconds in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))
        }
    }
}

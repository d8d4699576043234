import CampaignCore
import Foundation
import Synchronization

/// Reads the times of a list's column `notBefore` on each contact's own clock. Where a number may be in several time
/// zones, the latest of them counts: nobody is called before the time that the list means.
final class NotBeforeClock: Sendable {
    private let country: String
    private let zones = Mutex<[String: TimeZone]>([:])

    /// - Parameter country: the campaign's calling code, for numbers that show no country.
    init(country: String) {
        self.country = country
    }

    /// The moment at which the contact's clock shows a time.
    func moment(of time: LocalTime, _ phone: PhoneNumber) -> Timestamp {
        let moments = ContactZones.zones(of: phone, country: country).compactMap { name in
            zone(name).map { zone in time.moment { zone.utcOffset(at: $0) } }
        }
        // Without time zone data, the machine cannot tell what time it is there.
        return moments.max() ?? time.latestMoment
    }

    private func zone(_ name: String) -> TimeZone? {
        zones.withLock { zones in
            if let known = zones[name] { return known }
            let zone = TimeZone(identifier: name)
            zones[name] = zone
            return zone
        }
    }
}

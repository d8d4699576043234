import CampaignCore
import Testing

/// A country's code and a number of it, with the zones that the number may be in.
struct ZoneCase: Sendable, CustomTestStringConvertible {
    let number: String
    let zones: [String]

    var testDescription: String { number }

    init(_ number: String, _ zones: String...) {
        self.number = number
        self.zones = zones
    }

    /// Countries with one zone: `zone.tab` of the IANA time zone database, 2025b. The numbers are the example numbers
    /// of libphonenumber's metadata, or made up in their form.
    static let countries = [
        // America
        ZoneCase("5491123456789", "America/Argentina/Buenos_Aires"), ZoneCase("59171234567", "America/La_Paz"),
        ZoneCase("573211234567", "America/Bogota"), ZoneCase("51912345678", "America/Lima"),
        ZoneCase("584121234567", "America/Caracas"), ZoneCase("595961456789", "America/Asuncion"),
        ZoneCase("59894231234", "America/Montevideo"), ZoneCase("5351234567", "America/Havana"),
        ZoneCase("50255123456", "America/Guatemala"), ZoneCase("50370123456", "America/El_Salvador"),
        ZoneCase("50491234567", "America/Tegucigalpa"), ZoneCase("50581234567", "America/Managua"),
        ZoneCase("50683123456", "America/Costa_Rica"), ZoneCase("50761234567", "America/Panama"),
        ZoneCase("50934101234", "America/Port-au-Prince"), ZoneCase("5976851234", "America/Paramaribo"),
        // Countries under +1 with codes of their own
        ZoneCase("18092345678", "America/Santo_Domingo"), ZoneCase("18763123456", "America/Jamaica"),
        ZoneCase("17872345678", "America/Puerto_Rico"), ZoneCase("16713001234", "Pacific/Guam"),
        // Europe
        ZoneCase("306912345678", "Europe/Athens"), ZoneCase("31612345678", "Europe/Amsterdam"),
        ZoneCase("32470123456", "Europe/Brussels"), ZoneCase("33612345678", "Europe/Paris"),
        ZoneCase("36201234567", "Europe/Budapest"), ZoneCase("393123456789", "Europe/Rome"),
        ZoneCase("40712034567", "Europe/Bucharest"), ZoneCase("41781234567", "Europe/Zurich"),
        ZoneCase("436641234567", "Europe/Vienna"), ZoneCase("447400123456", "Europe/London"),
        ZoneCase("4532123456", "Europe/Copenhagen"), ZoneCase("46701234567", "Europe/Stockholm"),
        ZoneCase("4740612345", "Europe/Oslo"), ZoneCase("48512345678", "Europe/Warsaw"),
        ZoneCase("4915123456789", "Europe/Berlin"), ZoneCase("353850123456", "Europe/Dublin"),
        ZoneCase("3546111234", "Atlantic/Reykjavik"), ZoneCase("358412345678", "Europe/Helsinki"),
        ZoneCase("359481234567", "Europe/Sofia"), ZoneCase("420601123456", "Europe/Prague"),
        ZoneCase("421912123456", "Europe/Bratislava"), ZoneCase("385921234567", "Europe/Zagreb"),
        ZoneCase("381601234567", "Europe/Belgrade"), ZoneCase("38343201234", "Europe/Belgrade"),
        ZoneCase("37061234567", "Europe/Vilnius"), ZoneCase("35696961234", "Europe/Malta"),
        // Africa
        ZoneCase("201001234567", "Africa/Cairo"), ZoneCase("27711234567", "Africa/Johannesburg"),
        ZoneCase("212650123456", "Africa/Casablanca"), ZoneCase("2348021234567", "Africa/Lagos"),
        ZoneCase("254712123456", "Africa/Nairobi"), ZoneCase("244923123456", "Africa/Luanda"),
        ZoneCase("258821234567", "Africa/Maputo"), ZoneCase("2389911234", "Atlantic/Cape_Verde"),
        ZoneCase("233231234567", "Africa/Accra"), ZoneCase("221701234567", "Africa/Dakar"),
        // Asia and the Pacific
        ZoneCase("905012345678", "Europe/Istanbul"), ZoneCase("918123456789", "Asia/Kolkata"),
        ZoneCase("923012345678", "Asia/Karachi"), ZoneCase("989123456789", "Asia/Tehran"),
        ZoneCase("60123456789", "Asia/Kuala_Lumpur"), ZoneCase("639051234567", "Asia/Manila"),
        ZoneCase("6581234567", "Asia/Singapore"), ZoneCase("66812345678", "Asia/Bangkok"),
        ZoneCase("819012345678", "Asia/Tokyo"), ZoneCase("821020000000", "Asia/Seoul"),
        ZoneCase("84912345678", "Asia/Ho_Chi_Minh"), ZoneCase("972502345678", "Asia/Jerusalem"),
        ZoneCase("971501234567", "Asia/Dubai"), ZoneCase("966512345678", "Asia/Riyadh"),
        ZoneCase("9779841234567", "Asia/Kathmandu"), ZoneCase("77710009998", "Asia/Almaty"),
        ZoneCase("6797012345", "Pacific/Fiji"), ZoneCase("6857212345", "Pacific/Apia"),
    ]

    /// Countries whose numbers do not show the zone: all of their zones count.
    static let several = [
        ZoneCase("34612345678", "Europe/Madrid", "Atlantic/Canary"),
        ZoneCase("351912345678", "Europe/Lisbon", "Atlantic/Azores"),
        ZoneCase("62812345678", "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
        ZoneCase("64211234567", "Pacific/Auckland", "Pacific/Chatham"),
        ZoneCase("593991234567", "America/Guayaquil", "Pacific/Galapagos"),
        ZoneCase("56221234567", "America/Santiago", "America/Coyhaique", "Pacific/Easter"),
        ZoneCase("243991234567", "Africa/Kinshasa", "Africa/Lubumbashi"),
        ZoneCase("97688123456", "Asia/Ulaanbaatar", "Asia/Hovd"),
    ]
}

import Crypto
import HTTPTypes
import Hummingbird

/// Style, script and icon, which are part of the program.
struct Assets: DashboardSection {
    /// Of what a browser keeps: another program has another one.
    static let version: String = {
        var hash = SHA256()
        hash.update(data: PackageResources.app_css)
        hash.update(data: PackageResources.app_js)
        return SessionToken.hexadecimal(hash.finalize().prefix(6))
    }()

    private static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" \
        fill="#2f6bd0"/><path d="M10 7c-2 1-3 3-2 6 2 6 6 10 12 12 3 1 5 0 6-2l-4-4-3 2c-3-1-5-3-6-6l2-3z" \
        fill="#fff"/></svg>
        """

    var routes: [DashboardRoute] {
        [
            asset("/app.css", PackageResources.app_css, "text/css; charset=utf-8"),
            asset("/app.js", PackageResources.app_js, "text/javascript; charset=utf-8"),
            asset("/icon.svg", Array(Self.icon.utf8), "image/svg+xml"),
        ]
    }

    private func asset(_ path: String, _ bytes: [UInt8], _ type: String) -> DashboardRoute {
        DashboardRoute(.get, path, .everyone) { _ in
            .bytes(bytes, type: type, headers: [.cacheControl: "public, max-age=31536000, immutable"])
        }
    }
}

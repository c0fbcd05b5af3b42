#if canImport(CoreLocation)
    public import CoreLocation
    import Geo

    extension Nearby {
        /// Follows the device's position until the task is cancelled. What is worth sending is the client's business; the
        /// system pauses the updates while the device stands still.
        ///
        /// The app needs `NSLocationWhenInUseUsageDescription` and the user's permission. To go on in the background, it
        /// needs the background mode `location`, and holds a `CLBackgroundActivitySession` meanwhile.
        ///
        /// - Parameter configuration: what the device is used for, which decides about accuracy and battery.
        /// - Throws: what Core Location throws.
        public func followDevice(_ configuration: CLLocationUpdate.LiveConfiguration = .default) async throws {
            for try await update in CLLocationUpdate.liveUpdates(configuration) {
                if let location = update.location { move(to: location) }
            }
        }

        /// Tells where the user is. An invalid location, which Core Location marks by a negative accuracy, is ignored.
        public func move(to location: CLLocation) {
            let degrees = location.coordinate
            guard location.horizontalAccuracy >= 0,
                let position = Coordinate(latitude: degrees.latitude, longitude: degrees.longitude)
            else { return }
            move(
                to: position, accuracy: location.horizontalAccuracy,
                timestamp: Int64(location.timestamp.timeIntervalSince1970 * 1_000))
        }
    }
#endif

#pragma once

#include <QObject>
#include <QSize>
#include <QString>

namespace headrace::session {
class Session;
}

namespace headrace::ui {

class MainWindow;

/// What a picture of the window shows; for developers and the documentation.
struct ScreenshotOptions
{
    QString path; ///< PNG file to write.
    QString workspace; ///< "traffic", "compose", "mock" or "proxy"; empty: traffic.
    QString
        tab; ///< Of the inspector: "overview", "headers", ...; empty: overview. Of the proxy: "rules",
        ///< "breakpoints", "devices", "settings"; "held" shows held exchanges in any workspace.
    QSize size { 1280, 800 };
    bool withDemo = false; ///< Fill it with real exchanges first, see Demo.

    /// "1280x800"; an invalid size for anything else.
    static QSize sizeFrom(const QString &text);
};

/// Takes one picture of the window when it has come to rest, and ends the program: 0, or 1 if it failed.
class Screenshot : public QObject
{
    Q_OBJECT

public:
    Screenshot(MainWindow &window, session::Session &session, const ScreenshotOptions &options,
        QObject *parent = nullptr);

    void start();

private:
    void arrange();
    void take();

    MainWindow &m_window;
    session::Session &m_session;
    ScreenshotOptions m_options;
};

} // namespace headrace::ui

# UNTESTED: written after Homebrew's rules for Python programs, never run on a Mac.
# Before it can be used: fill in `url` and `sha256` with those of a release, and let
# `brew update-python-resources sso-tray` write the resources.
class SsoTray < Formula
  include Language::Python::Virtualenv

  desc "Keeps AWS IAM Identity Center sign-ins alive, and asks before they end"
  homepage "https://sso-tray.invalid/"
  url "https://sso-tray.invalid/releases/sso_tray-0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "Apache-2.0"

  depends_on "cryptography"
  depends_on "pillow"
  depends_on "python@3.13"

  def install
    virtualenv_install_with_resources
    man1.install "packaging/man/sso-tray.1"
    bash_completion.install "packaging/completions/sso-tray.bash" => "sso-tray"
    zsh_completion.install "packaging/completions/_sso-tray"
    fish_completion.install "packaging/completions/sso-tray.fish"
  end

  service do
    run [opt_bin/"sso-tray", "run"]
    keep_alive crashed: true
    process_type :interactive
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/sso-tray --version")
    system bin/"sso-tray", "demo", "--headless", "--minutes", "0.05"
  end
end

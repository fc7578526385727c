//go:build tools

// Package tools pins the Pulumi command line, so that `go build` takes it at the version and checksums of go.sum.
package tools

import (
	_ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
)
